/** The forms of a phrase, by CLDR plural category; `#` stands for the number. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** Makes a function that picks the form for a number in a language. */
export function pluralsOf(locale: string): (forms: Forms) => (n: number) => string {
  const rules = new Intl.PluralRules(locale);
  const counts = new Intl.NumberFormat(locale);
  return (forms) => (n) =>
    (forms[rules.select(n)] ?? forms.other).replace("#", () => counts.format(n));
}
