import { expect, test } from "vitest";
import { quoted } from "./quoted.ts";

test.each([
  ["/a b", `'/a b'`],
  ["/a'b", `'/a'\\''b'`],
  ['/a"$(x)`', `'/a"$(x)\`'`],
])("quoted() makes one word of %j for a POSIX shell", async (path, word) => {
  expect(quoted(path, { windows: false })).toBe(word);
  if (Deno.build.os === "windows") return;
  const { stdout } = await new Deno.Command("sh", { args: ["-c", `printf %s ${word}`] }).output();
  expect(new TextDecoder().decode(stdout)).toBe(path);
});

test("quoted() uses double quotes on Windows", () => {
  expect(quoted("C:\\My files", { windows: true })).toBe('"C:\\My files"');
  expect(quoted("C:\\", { windows: true })).toBe('"C:\\\\"');
});
