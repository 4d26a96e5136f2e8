import { expect, test } from "vitest";
import { browserNotifications, type NotificationApi } from "./notifications.ts";

type Permission = NotificationApi["permission"];

/** A browser whose user answers `answer`. */
function browser(before: Permission, answer: Permission = before) {
  const shown: { title: string; body: string; tag: string }[] = [];
  const clicks: (() => void)[] = [];
  class Api {
    static permission = before;
    static requestPermission() {
      Api.permission = answer;
      return Promise.resolve(answer);
    }
    constructor(title: string, options: { readonly body: string; readonly tag: string }) {
      shown.push({ title, ...options });
    }
    addEventListener(_event: "click", hear: () => void) {
      clicks.push(hear);
    }
  }
  return { Api, shown, clicks };
}

test("browserNotifications() shows what it is given, and a click brings the page to the front", () => {
  const { Api, shown, clicks } = browser("granted");
  let brought = 0;
  browserNotifications(Api, () => brought++)?.show("Sync finished", "3 files", "sync");
  expect(shown).toEqual([{ title: "Sync finished", body: "3 files", tag: "sync" }]);
  clicks.forEach((click) => click());
  expect(brought).toBe(1);
});

test.each<[Permission, Permission, boolean, string]>([
  ["default", "granted", true, "granted"],
  ["default", "denied", false, "denied"],
  ["default", "default", false, "ask"],
])("browserNotifications() asks: %s, then %s", async (before, answer, allowed, permission) => {
  const notifications = browserNotifications(browser(before, answer).Api, () => {});
  expect(notifications?.permission()).toBe("ask");
  expect(await notifications?.ask()).toBe(allowed);
  expect(notifications?.permission()).toBe(permission);
});

test("browserNotifications() is null where the browser has none", () => {
  expect(browserNotifications(undefined, () => {})).toBeNull();
});

test("browserNotifications() does without where the browser refuses to make one", () => {
  class Refusing extends browser("granted").Api {
    constructor() {
      super("", { body: "", tag: "" });
      throw new TypeError("Illegal constructor");
    }
  }
  expect(() => browserNotifications(Refusing, () => {})?.show("a", "b", "c")).not.toThrow();
});
