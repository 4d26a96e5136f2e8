import * as i18n from "@solid-primitives/i18n";
import {
  type Accessor,
  createContext,
  createMemo,
  createResource,
  type JSX,
  useContext,
} from "solid-js";
import type { Dictionary } from "./dictionary.ts";
import { createFormat, type Format } from "./format.ts";
import { dictionary as english } from "./en/index.ts";

type Flat = i18n.Flatten<Dictionary>;

/** The languages that the app speaks, in their own names. */
export const LANGUAGE_NAMES = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
} as const;

export type Language = keyof typeof LANGUAGE_NAMES;

const LOADERS: Record<Exclude<Language, "en">, () => Promise<{ readonly dictionary: Dictionary }>> =
  {
    de: () => import("./de/index.ts"),
    fr: () => import("./fr/index.ts"),
    es: () => import("./es/index.ts"),
  };

export interface I18n {
  readonly t: i18n.Translator<Flat>;
  readonly format: Accessor<Format>;
  readonly language: Accessor<Language>;
}

const Context = createContext<I18n>();

/** Texts in the language that is chosen; English until a translation is loaded. */
export function I18nProvider(props: {
  readonly language: "system" | Language;
  readonly children: JSX.Element;
}): JSX.Element {
  const language = createMemo(() =>
    props.language === "system" ? systemLanguage() : props.language
  );
  const [loaded] = createResource(language, async (wanted) => {
    const found = wanted === "en" ? english : (await LOADERS[wanted]()).dictionary;
    document.documentElement.lang = wanted;
    return { language: wanted, texts: i18n.flatten(found as Dictionary) as Flat };
  });
  const texts = () => loaded.latest?.texts ?? i18n.flatten(english as Dictionary) as Flat;
  const format = createMemo(() => createFormat(localeOf(loaded.latest?.language ?? "en")));
  const value: I18n = {
    t: i18n.translator(texts, i18n.resolveTemplate),
    format,
    language: () => loaded.latest?.language ?? "en",
  };
  return <Context.Provider value={value}>{props.children}</Context.Provider>;
}

export function useI18n(): I18n {
  const value = useContext(Context);
  if (!value) throw new Error("No I18nProvider above");
  return value;
}

function systemLanguage(): Language {
  for (const tag of navigator.languages) {
    const [language = ""] = tag.split("-");
    if (language in LANGUAGE_NAMES) return language as Language;
  }
  return "en";
}

/** With the region that the system names, so that dates look as usual there. */
function localeOf(language: Language): string {
  return navigator.languages.find((tag) => tag.split("-")[0] === language) ?? language;
}
