import { resolve } from "node:path";
import * as v from "valibot";
import { SyncError } from "../platform/errors.ts";
import {
  type BandwidthWindow,
  LANGUAGES,
  METHODS,
  type Params,
  type Settings,
  SettingsSchema,
} from "../protocol.ts";

/** How people write a setting. */
interface Writing<K extends keyof Settings> {
  /** What it takes. */
  readonly rule: string;
  /** What may be a value; anything that is none fails its schema. */
  readonly parse: (text: string, cwd: string) => unknown;
  readonly format: (value: Settings[K]) => string;
}

const UNLIMITED = "unlimited";
const OFF = "off";

const THEMES = SettingsSchema.entries.theme.options;

const WRITINGS: { readonly [K in keyof Settings]: Writing<K> } = {
  root: {
    rule: "a folder (where the library is)",
    parse: (text, cwd) => text === "" ? "" : resolve(cwd, text),
    format: (root) => root,
  },
  concurrency: {
    rule: "a whole number from 1 to 16 (transfers at once)",
    parse: wholeNumber,
    format: String,
  },
  connections: {
    rule: "a whole number from 1 to 8 (connections for one large file)",
    parse: wholeNumber,
    format: String,
  },
  newWanted: {
    rule: "true or false (whether models that appear in the library are wanted)",
    parse: parseTruth,
    format: String,
  },
  bandwidth: {
    rule: `kilobytes a second for all transfers together, from 10, or ${UNLIMITED}`,
    parse: parseRate,
    format: formatRate,
  },
  bandwidthWindows: {
    rule: `other bandwidths by time of day: 22:00-07:00=${UNLIMITED},12:00-13:00=500; or none`,
    parse: (text) => text === "none" ? [] : text.split(",").map(parseWindow),
    format: (windows) => windows.map(formatWindow).join(",") || "none",
  },
  nightlyVerify: {
    rule: `what is verified each night while the app runs: 20@02:00-05:00 for 20 GB, or ${OFF}`,
    parse: parseNight,
    format: formatNight,
  },
  signInPort: {
    rule: "a port from 1024 to 65535 (where the browser comes back to after signing in)",
    parse: wholeNumber,
    format: String,
  },
  watchFolder: {
    rule:
      `the folder that your browser saves to, watched for what sites keep from the app, or ${OFF}`,
    parse: (text, cwd) => text === OFF ? null : text === "" ? "" : resolve(cwd, text),
    format: (folder) => folder ?? OFF,
  },
  watchMove: {
    rule: "true or false (whether files are moved out of the watched folder; else copied)",
    parse: parseTruth,
    format: String,
  },
  theme: {
    rule: `${THEMES.join(", ")} (colours of the app)`,
    parse: (text) => text,
    format: (theme) => theme,
  },
  notifications: {
    rule: "true or false (whether the app tells what ends while nobody looks)",
    parse: parseTruth,
    format: String,
  },
  language: {
    rule: `${LANGUAGES.join(", ")} (of the app)`,
    parse: (text) => text,
    format: (language) => language,
  },
};

/** The settings, by the names that they have in the protocol. */
export const SETTING_KEYS = v.keyof(SettingsSchema).options;

export type SettingKey = (typeof SETTING_KEYS)[number];

/** The setting that has this name, `new-wanted` being as good as `newWanted`; null when none has. */
export function settingKey(name: string): SettingKey | null {
  const camel = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return SETTING_KEYS.find((key) => key === camel) ?? null;
}

/** What each setting takes, one a line. */
export function settingRules(): string {
  const width = Math.max(...SETTING_KEYS.map((key) => key.length));
  return SETTING_KEYS.map((key) => `  ${key.padEnd(width)}  ${WRITINGS[key].rule}`).join("\n");
}

/** The value of a setting as people write it; `parseSetting` reads it. */
export function settingText<K extends SettingKey>(key: K, settings: Settings): string {
  return WRITINGS[key].format(settings[key]);
}

/**
 * Reads the value of a setting.
 *
 * @throws {SyncError} `badInput` with what is allowed.
 */
export function parseSetting(key: SettingKey, text: string, cwd: string): Params<"settings.set"> {
  const { parse, rule } = WRITINGS[key];
  const parsed = v.safeParse(METHODS["settings.set"], { [key]: parse(text, cwd) });
  if (parsed.success) return parsed.output;
  throw new SyncError("badInput", `Cannot set ${key} to "${text}": give ${rule}`);
}

function parseTruth(text: string): unknown {
  return text === "true" ? true : text === "false" ? false : text;
}

function wholeNumber(text: string): unknown {
  return /^\d{1,15}$/.test(text) ? Number(text) : text;
}

function parseRate(text: string): unknown {
  return text === UNLIMITED ? null : wholeNumber(text);
}

function formatRate(rate: number | null): string {
  return rate === null ? UNLIMITED : String(rate);
}

function parseWindow(text: string): unknown {
  const [, from = "", to = "", limit = ""] =
    /^(\d?\d:\d\d)-(\d?\d:\d\d)=(\w+)$/.exec(text.trim()) ??
      [];
  return { from: parseTime(from), to: parseTime(to), limit: parseRate(limit) };
}

function formatWindow({ from, to, limit }: BandwidthWindow): string {
  return `${formatTime(from)}-${formatTime(to)}=${formatRate(limit)}`;
}

function parseNight(text: string): unknown {
  if (text === OFF) return null;
  const [, gigabytes = "", from = "", to = ""] =
    /^(\d{1,6})@(\d?\d:\d\d)-(\d?\d:\d\d)$/.exec(text) ?? [];
  return { gigabytes: wholeNumber(gigabytes), from: parseTime(from), to: parseTime(to) };
}

function formatNight(night: Settings["nightlyVerify"]): string {
  return night ? `${night.gigabytes}@${formatTime(night.from)}-${formatTime(night.to)}` : OFF;
}

/** Minutes since midnight. */
function parseTime(text: string): number {
  const [hours = NaN, minutes = NaN] = text.split(":").map(Number);
  if (text === "24:00") return 0;
  // 7:75 is no time, though 7 · 60 + 75 minutes are one.
  return minutes < 60 ? hours * 60 + minutes : NaN;
}

function formatTime(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
