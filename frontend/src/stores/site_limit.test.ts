import { flatten, resolveTemplate, translator } from "@solid-primitives/i18n";
import { expect, test } from "vitest";
import { dictionary } from "../i18n/en/index.ts";
import { createFormat } from "../i18n/format.ts";
import { limitText, siteLimit } from "./site_limit.ts";

const NOW = Date.UTC(2026, 0, 2, 12);
const provider = {
  id: "mmf",
  name: "MyMiniFactory",
  enabled: true,
  account: "Ann",
  lastScan: null,
  importUrl: null,
  hasWindow: false,
  pause: null,
};
const status = { busy: "sync", providers: [provider] } as const;
const wait = {
  until: NOW + 60_000,
  reason: "paced",
  hint: "",
  provider: "mmf",
  everyMs: 24_000,
  links: 250,
};

test("siteLimit() knows the site that is waited for, and how it goes on", () => {
  for (const reason of ["paced", "throttled", "challenged"]) {
    expect(siteLimit({ ...wait, reason }, status, NOW)).toEqual({
      name: "MyMiniFactory",
      until: wait.until,
      everyMs: 24_000,
      links: 250,
      ...(reason === "challenged" ? { isCheck: true } : {}),
    });
  }
});

test("siteLimit() takes nothing else for a limit", () => {
  expect(siteLimit(null, status, NOW)).toBeNull();
  expect(siteLimit({ ...wait, reason: "retryable", provider: null }, status, NOW)).toBeNull();
  expect(siteLimit(wait, { ...status, busy: null }, NOW)).toBeNull();
});

test("siteLimit() knows from the status what was told before", () => {
  const limit = { name: "MyMiniFactory", until: NOW + 1, everyMs: null, links: null };
  for (const busy of ["sync", null] as const) {
    const told = (reason: "throttled" | "challenged", now = NOW) => {
      const paused = { ...provider, pause: { until: NOW + 1, reason } };
      return siteLimit(null, { busy, providers: [paused] }, now);
    };
    expect(told("throttled")).toEqual(limit);
    expect(told("challenged")).toEqual({ ...limit, isCheck: true });
    expect(told("challenged", NOW + 1)).toBeNull();
  }
});

test("limitText() says when the next download is, and how many there are in a while", () => {
  const t = translator(() => flatten(dictionary), resolveTemplate);
  const format = () => createFormat("en-GB");
  const until = new Date(2026, 0, 2, 14, 32).getTime();
  const limit = { name: "MyMiniFactory", until, everyMs: 24_000, links: 9 };
  expect(limitText(limit, { t, format }))
    .toBe("MyMiniFactory limits downloads; next one at 14:32, about 1 every 24s");
  expect(limitText({ ...limit, links: 250 }, { t, format })).toBe(
    "MyMiniFactory limits downloads; next one at 14:32, about 1 every 24s. " +
      "About 1h 40m left: the site gives about 150 links an hour",
  );
  expect(limitText({ ...limit, everyMs: null }, { t, format }))
    .toBe("MyMiniFactory limits downloads; next one at 14:32");
  expect(limitText({ ...limit, isCheck: true }, { t, format }))
    .toMatch(/^MyMiniFactory wants to see a person; next try at 14:32\./);
});
