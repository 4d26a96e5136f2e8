import { expect, test } from "vitest";
import { createInTurn } from "./in_turn.ts";

test("createInTurn() starts an operation when the one before has ended", async () => {
  const inTurn = createInTurn();
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = inTurn(async () => {
    order.push("first starts");
    await gate.promise;
    order.push("first ends");
  });
  const second = inTurn(() => {
    order.push("second");
    return Promise.resolve(2);
  });
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(order).toEqual(["first starts"]);
  gate.resolve();
  await first;
  expect(await second).toBe(2);
  expect(order).toEqual(["first starts", "first ends", "second"]);
});

test("createInTurn() tells a failure to its caller only", async () => {
  const inTurn = createInTurn();
  const first = inTurn(() => Promise.reject(new Error("no")));
  const second = inTurn(() => Promise.resolve("yes"));
  await expect(first).rejects.toThrow("no");
  expect(await second).toBe("yes");
});
