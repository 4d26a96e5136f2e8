import { expect, test } from "vitest";
import { confirm } from "./confirm.ts";
import { fakeWorld } from "./testing/fake_world.ts";

const never = new AbortController().signal;

test.each([["y\n", true], [" Yes \r\n", true], ["\n", false], ["yesterday\n", false], ["", false]])(
  "confirm() takes %j as %s",
  async (input, answer) => {
    const world = fakeWorld({ terminal: true, input });
    expect(await confirm(world, "Really?", never)).toBe(answer);
    expect(world.stderr.text).toBe("Really? [y/N] ");
  },
);

test("confirm() asks nobody where there is no terminal", async () => {
  const world = fakeWorld({ input: "y\n" });
  await expect(confirm(world, "Really?", never)).rejects.toMatchObject({ kind: "badInput" });
});

test("confirm() ends when the user stops the command", async () => {
  const stop = new AbortController();
  const world = fakeWorld({ terminal: true });
  const stdin = { ...world.stdin, read: () => new Promise<number | null>(() => {}) };
  const asked = confirm({ ...world, stdin }, "Really?", stop.signal);
  stop.abort();
  await expect(asked).rejects.toMatchObject({ kind: "cancelled" });
});
