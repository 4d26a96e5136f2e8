/** What makes an object odd; each is met on the real site, or is something its forms let a creator do. */
export interface Oddity {
  readonly title?: string;
  /** Names of the files, which then are parts. */
  readonly fileNames?: readonly string[];
  readonly creator?: "none" | "foreign" | "same" | "hostile";
  readonly access?: "withdrawn" | "locked";
  readonly special?:
    | "duplicateArchives"
    | "splitArchive"
    | "wholeZipOnly"
    | "pdfOnly"
    | "noFiles"
    | "wrongSize"
    | "noDates";
  /** Nobody's library looks so: names that attack or confuse a file system. */
  readonly isContrived?: true;
}

const ACCENTED = "Épée du Château — Édition Été";

/** In this order they meet every second object of the library's start, and later one of 401 each. */
export const ODDITIES: readonly Oddity[] = [
  { access: "withdrawn" },
  { access: "locked" },
  { special: "duplicateArchives" },
  { special: "wholeZipOnly" },
  { creator: "none" },
  // Neighbours in this list share a creator where they say "same".
  { title: "The Twin Blades", creator: "same" },
  { title: "The Twin Blades", creator: "same" },
  { title: "Cave Troll", creator: "same" },
  { title: "CAVE TROLL", creator: "same", isContrived: true },
  { title: ACCENTED.normalize("NFC"), creator: "same" },
  { title: ACCENTED.normalize("NFD"), creator: "same", isContrived: true },
  { special: "pdfOnly" },
  { special: "noFiles" },
  { title: "CON", fileNames: ["aux.stl", "NUL", "com1.obj", "LPT9.backup.3mf"], isContrived: true },
  { fileNames: ["Body.stl", "body.stl", "BODY.STL"], isContrived: true },
  {
    fileNames: ["Épée.stl".normalize("NFC"), "Épée.stl".normalize("NFD"), "a:b.stl", "a_b.stl"],
    isContrived: true,
  },
  {
    title: 'Goblins w/ bows \\ arrows "Deluxe" <v2>?*|:',
    fileNames: ['what?"<>|*.stl', "w/x.stl"],
    isContrived: true,
  },
  {
    title: "To Be Continued...",
    fileNames: ["trailing dot.", "trailing space .stl ", "..."],
    isContrived: true,
  },
  {
    title: `${"The Extraordinarily Long-Winded Chronicle of the Dragon ".repeat(4)}Volume One`,
    isContrived: true,
  },
  {
    fileNames: [`${"very_long_part_name_".repeat(13)}.stl`, `${"竜".repeat(90)}.stl`],
    isContrived: true,
  },
  { title: "🐉 Dragon Bundle 🔥 ½ price ™", fileNames: ["🐉 body.stl", "👨‍👩‍👧.3mf"] },
  { title: "ドラゴンの巣", creator: "foreign", fileNames: ["竜の頭.stl", "Дракон.stl"] },
  {
    title: "..",
    fileNames: ["../../escape.stl", "..\\..\\escape.stl", "C:\\evil.stl", "/etc/x.stl"],
    isContrived: true,
  },
  {
    title: "\u202Egnp.exe \u200B\u0007hidden",
    fileNames: ["tab\there.stl", "new\nline.stl"],
    isContrived: true,
  },
  { special: "splitArchive" },
  { special: "wrongSize" },
  { special: "noDates" },
  { creator: "hostile", title: "   ", isContrived: true },
  { fileNames: Array.from({ length: 45 }, (_, i) => `tile ${i + 1}.stl`) },
];

/** The oddity of the object at this place of the library, if any. */
export function oddityAt(index: number): (Oddity & { readonly number: number }) | null {
  const early = index % 2 === 1 ? (index - 1) / 2 : -1;
  const number = early >= 0 && early < ODDITIES.length ? early : index % 401;
  const isEarly = index < ODDITIES.length * 2;
  if (isEarly && early < 0) return null;
  const oddity = ODDITIES[number];
  return oddity ? { ...oddity, number } : null;
}
