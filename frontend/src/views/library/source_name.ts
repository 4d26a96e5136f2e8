import type { I18n } from "../../i18n/i18n.tsx";

/** Ways to come to own a model that have a name here; a site may know others. */
const KNOWN = [
  "purchase",
  "tribe",
  "frontier",
  "user_group",
  "the_adventure",
  "mmfplus",
  "download",
  "gift",
] as const;

/** What a way to come to own a model is called. */
export function sourceName(source: string, t: I18n["t"]): string {
  const known = KNOWN.find((one) => one === source);
  return known === undefined ? source : t(`views.library.sourceName.${known}`);
}
