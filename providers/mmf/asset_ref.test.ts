import { expect, test } from "vitest";

import { readRef, writeRef } from "./asset_ref.ts";

test("readRef() gives back what writeRef() stored", () => {
  const origin = { number: "12", updatedAt: "2026-01-02T00:00:00.000Z" };
  expect(readRef({ id: "object-200", ref: writeRef(origin) })).toEqual(origin);
});

test("readRef() falls back on the id", () => {
  for (const ref of ["", "x", "null", "{}", '{"number":"../x"}']) {
    expect(readRef({ id: "object-200", ref })).toEqual({ number: "200", updatedAt: null });
  }
});
