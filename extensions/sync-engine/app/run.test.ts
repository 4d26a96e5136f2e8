import { expect, test } from "vitest";
import { launchProgram, runProgram } from "./run.ts";

const deno = (code: string) => [Deno.execPath(), "eval", code] as const;

test("runProgram() hands arguments on as they are, and back what was written", async () => {
  const argument = `a b $HOME "; echo 'x' | cat`;
  const argv = [Deno.execPath(), "eval", "console.log(Deno.args[0])", argument] as const;
  expect(await runProgram([...argv])).toEqual({ code: 0, stdout: `${argument}\n` });
});

test("runProgram() tells how the program ended", async () => {
  expect(await runProgram([...deno("Deno.exit(7)")])).toEqual({ code: 7, stdout: "" });
});

for (const run of [runProgram, launchProgram]) {
  test(`${run.name}() says when there is no such program`, async () => {
    const attempt = run(["mmfsync-no-such-program"]);
    await expect(attempt).rejects.toMatchObject({ kind: "permission" });
    await expect(attempt).rejects.toThrow('Cannot start "mmfsync-no-such-program": it is not');
  });
}

test("launchProgram() tells when the program refuses at once", async () => {
  expect(await launchProgram([...deno("Deno.exit(3)")])).toEqual({ code: 3, stdout: "" });
});
