import { expect, test } from "vitest";
import { readSecret } from "./read_secret.ts";
import { fakeWorld } from "./testing/fake_world.ts";

const PROMPT = "Paste: ";

test("readSecret() reads a pipe without a prompt", async () => {
  const world = fakeWorld({ input: "  a=1; b=2\n" });
  expect(await readSecret(world, PROMPT)).toBe("a=1; b=2");
  expect(world.stderr.text).toBe("");
});

test.each(["Cookie: a=1", "cookie:a=1\r\n", "a=1"])(
  "readSecret() takes %j as copied",
  async (input) => {
    expect(await readSecret(fakeWorld({ input }), PROMPT)).toBe("a=1");
  },
);

test("readSecret() drops the word before a token", async () => {
  const input = "Authorization: Bearer abc";
  expect(await readSecret(fakeWorld({ input }), PROMPT)).toBe("abc");
});

test("readSecret() shows nothing of what is typed and gives the keys back", async () => {
  const world = fakeWorld({ terminal: true, input: "secrex\x7ft\rrest" });
  expect(await readSecret(world, PROMPT)).toBe("secret");
  expect(world.stderr.text).toBe("Paste: \n");
  expect(world.rawModes).toEqual([true, false]);
});

test("readSecret() is stopped by Ctrl-C", async () => {
  const world = fakeWorld({ terminal: true, input: "sec\x03" });
  await expect(readSecret(world, PROMPT)).rejects.toMatchObject({ kind: "cancelled" });
  expect(world.rawModes).toEqual([true, false]);
});

test("readSecret() tells a tab from a second line", async () => {
  await expect(readSecret(fakeWorld({ input: "a\tb" }), PROMPT)).rejects.toThrow(/holds a tab/);
  await expect(readSecret(fakeWorld({ input: "a\nb" }), PROMPT)).rejects.toThrow(/several lines/);
});

test.each([["nothing", " \n"], ["several lines", "a\nb"], ["too much", "x".repeat(16_385)]])(
  "readSecret() refuses %s without repeating it",
  async (_what, input) => {
    const refusal = readSecret(fakeWorld({ input }), PROMPT);
    await expect(refusal).rejects.toMatchObject({ kind: "badInput" });
    await expect(refusal).rejects.not.toThrow(/x{20}/);
  },
);
