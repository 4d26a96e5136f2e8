/** What a creator is known for. */
export type Field = "tabletop" | "home" | "workshop";

/** A designer as the site shows it. */
export interface Creator {
  readonly id: number;
  readonly name: string;
  readonly username: string;
  /** Null for one who makes anything. */
  readonly field: Field | null;
}

type Known = readonly [name: string, field: Field];

const KNOWN: readonly [Known, ...Known[]] = [
  ["Emberforge Miniatures", "tabletop"],
  ["Kiln & Coil", "home"],
  ["Mossgrave Studio", "tabletop"],
  ["Pale Harbour Prints", "home"],
  ["Tinwhistle Terrain", "tabletop"],
  ["Größe & Söhne", "workshop"],
  ["Hollow Oak Sculpts", "tabletop"],
  ["Atelier Épée", "tabletop"],
  ["Quiet Lathe", "workshop"],
  ["Ironbark Terrain", "tabletop"],
  ["Nordvik Design", "home"],
  ["Candlewick Dungeon", "tabletop"],
  ["Second Kettle", "home"],
  ["Mara Lindqvist", "home"],
  ["Ruin & Relic", "tabletop"],
  ["Café Mimic", "tabletop"],
  ["Bench Dog Makes", "workshop"],
  ["Seven Larches", "tabletop"],
  ["Old Quarry Hexes", "tabletop"],
  ["Tomás Ferreira", "workshop"],
];

/** The creator of this number; creators repeat from one object to the next. */
export function creatorAt(number: number): Creator {
  const [name, field] = KNOWN[number % KNOWN.length] ?? KNOWN[0];
  const round = Math.floor(number / KNOWN.length);
  return {
    id: 1002 + number,
    name: round === 0 ? name : `${name} ${round + 1}`,
    username: `${name}${round || ""}`.normalize("NFKD").replace(/[^A-Za-z0-9 ]/g, ""),
    field,
  };
}

/** How many creators a library of so many objects has. */
export function creatorsFor(objects: number): number {
  return Math.max(4, Math.min(400, Math.round(Math.sqrt(objects) * 1.5)));
}
