import * as i18n from "@solid-primitives/i18n";
import { expect, test } from "vitest";
import { BridgeError } from "../bridge/bridge.ts";
import { dictionary as english } from "../i18n/en/index.ts";
import { errorText, failureText, sentences } from "./failure.ts";

const t = i18n.translator(() => i18n.flatten(english), i18n.resolveTemplate);

const UNPLUGGED = 'Cannot find the library in "/mnt/nas": its drive seems not to be connected';

test("errorText() names the drive that is missing, and what to do", () => {
  const error = new BridgeError({ code: "permission", message: UNPLUGGED, hint: "Check it." });
  expect(errorText(error, t)).toEqual({
    what: UNPLUGGED,
    remedy: "Check the drive and the folder's permissions in Settings.",
  });
});

test("failureText() tells which file the disk kept back, as the engine says it", () => {
  const message = 'Cannot open "a.stl": another program is using the file';
  expect(failureText({ code: "diskFault", message }, t)).toEqual({
    what: message,
    remedy: "It is tried again by itself.",
  });
});

test("failureText() speaks the user's language where the engine knows no more", () => {
  const told = failureText({ code: "locked", message: "The site answered 403", hint: "See." }, t);
  expect(told.what).toBe("Your account may not download this");
});

test("failureText() takes the general words where the engine wrote down no message", () => {
  expect(failureText({ code: "permission", message: null }, t).what)
    .toBe("The folder cannot be written");
});

test("a request that was refused speaks for itself", () => {
  const error = new BridgeError({
    code: "badInput",
    message: "No such model",
    hint: "Look again.",
  });
  expect(errorText(error, t)).toEqual({ what: "No such model", remedy: "Look again." });
});

test.each([
  ["It broke", "Try again.", "It broke. Try again."],
  ["It broke. Look at it.", "Try again.", "It broke. Look at it. Try again."],
  ["It broke", "", "It broke"],
])("sentences() joins %j and %j", (what, remedy, whole) => {
  expect(sentences({ what, remedy })).toBe(whole);
});

test.each([null, "constructor", "unheard"])("failureText() takes the code %s for a bug", (code) => {
  expect(failureText({ code, message: "x" }, t).what).toBe("Something went wrong inside");
});

test("errorText() takes what is no answer of the engine for a bug", () => {
  expect(errorText(new TypeError("x"), t).what).toBe("Something went wrong inside");
});
