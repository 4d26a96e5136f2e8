import { expect, test } from "vitest";
import { createJsonReporter } from "./json_reporter.ts";
import { fakeWorld } from "./testing/fake_world.ts";

test("createJsonReporter() passes on what happens, but not what only views need", () => {
  const { stdout } = fakeWorld();
  const { hear, say } = createJsonReporter({ stdout });
  hear("rootProgress", { files: 1, ofFiles: 2, bytes: 3, ofBytes: 4 });
  hear("libraryChanged", {});
  hear("queueChanged", {});
  hear("engineChanged", {});
  say("summary", { ok: true }, "All is well");
  expect(stdout.text).toBe(
    '{"event":"rootProgress","files":1,"ofFiles":2,"bytes":3,"ofBytes":4}\n' +
      '{"event":"summary","ok":true}\n',
  );
});
