import fc from "fast-check";
import { expect, test } from "vitest";
import type { Settings } from "../protocol.ts";
import { parseSetting, settingKey, settingText } from "./setting_text.ts";

const SETTINGS: Settings = {
  root: "/library",
  concurrency: 3,
  connections: 4,
  newWanted: true,
  bandwidth: null,
  bandwidthWindows: [],
  nightlyVerify: null,
  watchFolder: null,
  watchMove: false,
  signInPort: 7330,
  theme: "system",
  notifications: true,
  language: "system",
};

test.each(
  [
    ["bandwidth", "unlimited", { bandwidth: null }],
    ["bandwidth", "2000", { bandwidth: 2000 }],
    ["bandwidthWindows", "none", { bandwidthWindows: [] }],
    ["bandwidthWindows", "22:00-07:00=unlimited, 12:00-13:30=500", {
      bandwidthWindows: [
        { from: 1320, to: 420, limit: null },
        { from: 720, to: 810, limit: 500 },
      ],
    }],
    ["bandwidthWindows", "18:00-24:00=500", {
      bandwidthWindows: [{ from: 1080, to: 0, limit: 500 }],
    }],
    ["nightlyVerify", "off", { nightlyVerify: null }],
    ["nightlyVerify", "20@2:00-05:30", { nightlyVerify: { gigabytes: 20, from: 120, to: 330 } }],
    ["connections", "8", { connections: 8 }],
    ["theme", "dark", { theme: "dark" }],
    ["notifications", "false", { notifications: false }],
    ["language", "de", { language: "de" }],
  ] as const,
)("parseSetting() reads %s %j", (key, text, changes) => {
  expect(parseSetting(key, text, "/cwd")).toEqual(changes);
});

test.each(
  [
    ["bandwidth", "9"],
    ["bandwidth", "1.5"],
    ["bandwidth", ""],
    ["bandwidth", "-100"],
    ["bandwidthWindows", ""],
    ["bandwidthWindows", "22:00-07:00"],
    ["bandwidthWindows", "25:00-07:00=500"],
    ["bandwidthWindows", "07:75-08:00=500"],
    ["bandwidthWindows", "7-8=500"],
    ["bandwidthWindows", "07:00-08:00=5"],
    ["nightlyVerify", "20"],
    ["nightlyVerify", "0@02:00-05:00"],
    ["connections", "9"],
    ["connections", "0"],
    ["theme", "pink"],
    ["notifications", "sometimes"],
    ["language", "xx"],
  ] as const,
)("parseSetting() refuses %s %j and says what it takes", (key, text) => {
  expect(() => parseSetting(key, text, "/cwd")).toThrow(/^Cannot set \w+ to ".*": give \w+/);
});

test("settingText() writes what parseSetting() reads", () => {
  const minute = fc.integer({ min: 0, max: 1439 });
  const limit = fc.option(fc.integer({ min: 10, max: 10_000_000 }));
  const windows = fc.array(fc.record({ from: minute, to: minute, limit }), { maxLength: 24 });
  const gigabytes = fc.integer({ min: 1, max: 100_000 });
  const night = fc.option(fc.record({ gigabytes, from: minute, to: minute }));
  fc.assert(fc.property(limit, windows, night, (bandwidth, bandwidthWindows, nightlyVerify) => {
    const settings = { ...SETTINGS, bandwidth, bandwidthWindows, nightlyVerify };
    for (const key of ["bandwidth", "bandwidthWindows", "nightlyVerify"] as const) {
      expect(parseSetting(key, settingText(key, settings), "/cwd")).toEqual({
        [key]: settings[key],
      });
    }
  }));
});

test("settingKey() knows names with hyphens too", () => {
  expect(settingKey("bandwidth-windows")).toBe("bandwidthWindows");
  expect(settingKey("newWanted")).toBe("newWanted");
  expect(settingKey("constructor")).toBeNull();
});
