import { expect, test } from "vitest";
import { withoutUser } from "./without_user.ts";

test.each([
  ["/home/ann/MyMiniFactorySync", "/home/ann", "~/MyMiniFactorySync"],
  ['Cannot list "/home/ann/x": no', "/home/ann", 'Cannot list "~/x": no'],
  ["/media/ann/Drive 1/models", "/home/ann", "/media/…/Drive 1/models"],
  ["/srv/share/ann/models", "/home/ann", "/srv/share/…/models"],
  ["/home/ben/x", "/home/ann", "/home/…/x"],
  [String.raw`C:\Users\Ann\Models`, String.raw`C:\Users\Ann`, String.raw`~\Models`],
  [String.raw`D:\Users\Ben\Models`, String.raw`C:\Users\Ann`, String.raw`D:\Users\…\Models`],
  ["/Volumes/Models", "/Users/ann", "/Volumes/Models"],
  ["12 files annotated", "/home/ann", "12 files annotated"],
])("withoutUser() cuts %s of %s", (text, home, expected) => {
  expect(withoutUser(text, home)).toBe(expected);
});
