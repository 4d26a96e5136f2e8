import { expect, test } from "vitest";
import { pauseText } from "./pause_text.ts";

const NOW = new Date(2026, 0, 2, 12, 0).getTime();
const until = new Date(2026, 0, 2, 12, 30).getTime();

test("pauseText() tells a check for robots from a limit, each with what follows", () => {
  expect(pauseText({ until, reason: "throttled" }, NOW, "mmfsync")).toBe(
    "Paused until 12:30. The site asks for a pause. Downloads go on by themselves when it is over.",
  );
  expect(pauseText({ until, reason: "challenged" }, NOW, "mmfsync")).toMatch(
    /^Paused until 12:30\. The site wants to check for robots\..+`mmfsync handover` lists/,
  );
});
