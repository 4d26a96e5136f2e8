import { describe, expect, test } from "vitest";
import { dictionary as german } from "./de/index.ts";
import type { Dictionary } from "./dictionary.ts";
import { dictionary as english } from "./en/index.ts";
import { dictionary as spanish } from "./es/index.ts";
import { dictionary as french } from "./fr/index.ts";

type Text = string | ((n: number) => string);

/** Enough numbers to meet every plural category of the languages. */
const NUMBERS = [0, 1, 2, 7, 1204, 1_000_000];

/** Names, units and cognates: what is rightly the same as in English. */
const SAME_AS_ENGLISH: Readonly<Record<string, readonly string[]>> = {
  de: [
    "appName",
    "nav.downloads",
    "nav.explorer",
    "views.downloads.title",
    "views.explorer.title",
    "views.library.column.status",
    "views.library.sourceName.mmfplus",
    "views.library.sourceName.tribe",
    "views.settings.about.version",
    "views.settings.bandwidth.unit",
    "views.settings.language.system",
    "views.settings.plugins.version",
    "views.settings.sections.downloads",
    "views.settings.sections.plugins",
    "views.settings.theme.system",
  ],
  fr: [
    "appName",
    "views.explorer.viewer.triangles",
    "views.library.sourceName.mmfplus",
    "views.library.sourceName.tribe",
    "views.settings.about.version",
    "views.settings.notifications.title",
    "views.settings.plugins.version",
  ],
  es: [
    "appName",
    "views.library.sourceName.mmfplus",
    "views.library.sourceName.tribe",
    "views.settings.bandwidth.unit",
  ],
};

const ENGLISH = textsOf(english);

describe.each<[string, Dictionary]>([["de", german], ["fr", french], ["es", spanish]])(
  "in %s",
  (language, dictionary) => {
    const texts = textsOf(dictionary);
    const pairs = [...ENGLISH].map(([key, text]) => [key, text, texts.get(key)] as const);

    test("there are the texts that there are in English, no other", () => {
      expect([...texts.keys()].sort()).toEqual([...ENGLISH.keys()].sort());
    });

    test("functions are functions, and texts texts", () => {
      expect(pairs.filter(([, text, own]) => typeof own !== typeof text)).toEqual([]);
    });

    test("texts take the parameters of the English ones", () => {
      for (const [key, text, own] of pairs) {
        expect(parametersOf(own), key).toEqual(parametersOf(text));
      }
    });

    test("numbers are told, in the form of the language, where English tells them", () => {
      for (const [key, text, own] of pairs) {
        if (typeof text !== "function" || typeof own !== "function") continue;
        for (const n of NUMBERS) {
          expect(tells(own(n), n, language), `${key}(${n})`).toBe(tells(text(n), n, "en"));
        }
      }
    });

    test("no text is empty that is not so in English", () => {
      const empty = pairs.filter(([, text, own]) =>
        text !== "" && spoken(own).some((one) => one.trim() === "")
      );
      expect(empty).toEqual([]);
    });

    test("no text is English, save for names, units and cognates", () => {
      const same = pairs.filter(([, text, own]) => {
        const ours = spoken(own);
        return text !== "" && spoken(text).some((one, i) => one === ours[i]);
      });
      expect(same.map(([key]) => key).sort()).toEqual(SAME_AS_ENGLISH[language]);
    });
  },
);

test("French marks stand off by a space that does not break", () => {
  for (const [key, text] of textsOf(french)) {
    for (const one of spoken(text)) {
      expect(one, key).not.toMatch(/[^\u202f][;!?]|[^\u00a0][:»]|«[^\u00a0]|'/);
    }
  }
});

test("German dots for what is under way stand off by a space that does not break", () => {
  for (const [key, text] of textsOf(german)) {
    for (const one of spoken(text)) expect(one, key).not.toMatch(/[^\u00a0]…|'/);
  }
});

test("Spanish questions and exclamations are opened as well as closed", () => {
  for (const [key, text] of textsOf(spanish)) {
    for (const one of spoken(text)) {
      expect(one.split("¿").length, key).toBe(one.split("?").length);
      expect(one.split("¡").length, key).toBe(one.split("!").length);
    }
  }
});

/** All texts by their dotted keys. */
function textsOf(dictionary: Dictionary): Map<string, Text> {
  const found = new Map<string, Text>();
  const visit = (node: object, path: readonly string[]) => {
    for (const [key, value] of Object.entries(node)) {
      const at = [...path, key];
      if (typeof value === "object" && value !== null) visit(value, at);
      else found.set(at.join("."), value);
    }
  };
  visit(dictionary, []);
  return found;
}

/** What a text may read; nothing if there is no such text. */
function spoken(text: Text | undefined): string[] {
  return typeof text === "function" ? NUMBERS.map(text) : text === undefined ? [] : [text];
}

function parametersOf(text: Text | undefined): string[] {
  return [...new Set(spoken(text).flatMap((one) => one.match(/\{\{.*?\}\}/g) ?? []))].sort();
}

function tells(text: string, n: number, language: string): boolean {
  return text.includes(new Intl.NumberFormat(language).format(n));
}
