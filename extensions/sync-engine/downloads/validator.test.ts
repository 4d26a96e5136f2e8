import { expect, test } from "vitest";
import { validatorOf } from "./validator.ts";

const DATE = "Wed, 21 Oct 2026 07:28:00 GMT";

test("validatorOf() prefers a strong ETag to the date", () => {
  expect(validatorOf(new Headers({ etag: '"abc"', "last-modified": DATE }))).toBe('"abc"');
});

test("validatorOf() passes over a weak ETag, which must not be used for ranges", () => {
  expect(validatorOf(new Headers({ etag: 'W/"abc"', "last-modified": DATE }))).toBe(DATE);
  expect(validatorOf(new Headers({ etag: 'W/"abc"' }))).toBeNull();
});

test("validatorOf() is null without any", () => {
  expect(validatorOf(new Headers())).toBeNull();
});
