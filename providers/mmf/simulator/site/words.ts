import type { Random } from "../random.ts";

/** A designer as the site shows it. */
export interface Creator {
  readonly id: number;
  readonly name: string;
  readonly username: string;
}

const CREATOR_NAMES: readonly [string, ...string[]] = [
  "Emberforge Miniatures",
  "The Gilded Anvil",
  "Mossgrave Studio",
  "Titan Hollow",
  "Printed Legends",
  "Wyrmwood Sculpts",
  "Cast n' Quest",
  "Ironbark Terrain",
  "Loot Goblin Games",
  "Atelier Épée",
  "Größe & Söhne",
  "Nordvik Design",
  "Papercut Dungeon",
  "Dragons Lair 3D",
  "Starhold Foundry",
  "Café Mimic",
  "Lady Basilisk",
  "Ruin & Relic",
  "Quietus Cosplay",
  "Scan the Attic",
];

const EPITHETS: readonly [string, ...string[]] = [
  "Ancient",
  "Cursed",
  "Frostbound",
  "Articulated",
  "Elven",
  "Undead",
  "Clockwork",
  "Abyssal",
  "Royal",
  "Feral",
  "Stone",
  "Shadow",
  "Gilded",
  "Swamp",
  "Celestial",
  "Dwarven",
];

const SUBJECTS: readonly [string, ...string[]] = [
  "Red Dragon",
  "Goblin Warband",
  "Knight Captain",
  "Dungeon Tiles",
  "Ruined Tower",
  "Dice Tower",
  "Owlbear",
  "Lich King",
  "Paladin",
  "Mimic Chest",
  "Tavern Interior",
  "Hydra",
  "Treant",
  "Airship",
  "Sorceress Bust",
  "Skeleton Archers",
  "Basilisk",
  "Hex Terrain",
  "Orc Shaman",
  "Griffon Rider",
];

const SUFFIXES: readonly [string, ...string[]] = [
  "",
  "",
  "",
  " - 32mm",
  " (Pre-Supported)",
  " - 75mm",
  " Set",
  " - Bust",
  " STL",
  " [Modular]",
];

const TAGS: readonly [string, ...string[]] = [
  "dragon",
  "miniature",
  "terrain",
  "32mm",
  "75mm",
  "fantasy",
  "tribe-reward",
  "bust",
  "cosplay",
  "scatter",
  "presupported",
  "d&d",
  "sci-fi",
  "undead",
  "dungeon",
  "größe",
];

const PARTS: readonly [string, ...string[]] = [
  "body",
  "head",
  "left_arm",
  "right arm",
  "base 32mm",
  "wings",
  "weapon",
  "shield",
  "tail",
  "cloak",
  "banner",
  "Body_Supported",
];

/** The creator of this number; creators repeat from one object to the next. */
export function creatorAt(number: number): Creator {
  const name = CREATOR_NAMES[number % CREATOR_NAMES.length] ?? CREATOR_NAMES[0];
  const round = Math.floor(number / CREATOR_NAMES.length);
  return {
    id: 1002 + number,
    name: round === 0 ? name : `${name} ${round + 1}`,
    username: `${name}${round || ""}`.normalize("NFKD").replace(/[^A-Za-z0-9 ]/g, ""),
  };
}

/** How many creators a library of so many objects has. */
export function creatorsFor(objects: number): number {
  return Math.max(4, Math.min(400, Math.round(Math.sqrt(objects) * 1.5)));
}

/** A title such as "Frostbound Hydra - 75mm 12". */
export function makeTitle(random: Random, number: number): string {
  const epithet = random.pick(EPITHETS);
  const subject = random.pick(SUBJECTS);
  return `${epithet} ${subject}${random.pick(SUFFIXES)}${number >= 200 ? ` ${number}` : ""}`;
}

/** Up to five different tags. */
export function makeTags(random: Random): string[] {
  const tags = Array.from({ length: random.int(0, 5) }, () => random.pick(TAGS));
  return [...new Set(tags)];
}

/** Name of a part without its extension. */
export function partName(number: number): string {
  const round = Math.floor(number / PARTS.length);
  return `${PARTS[number % PARTS.length]}${round === 0 ? "" : `_${round + 1}`}`;
}

/** The form that titles take in addresses. */
export function slugOf(title: string): string {
  return title.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")
    .slice(0, 80) || "untitled";
}
