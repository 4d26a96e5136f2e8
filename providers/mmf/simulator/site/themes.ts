import { PIECES } from "../content/shapes/chess.ts";
import { DICE } from "../content/shapes/solids.ts";
import { GROUNDS } from "../content/shapes/tiles.ts";
import { type Subject, SUBJECTS } from "../content/sculpt.ts";
import type { Random } from "../random.ts";
import type { Creator, Field } from "./creators.ts";

type List = readonly [string, ...string[]];

/** How models of one subject are called. */
interface Theme {
  readonly field: Field;
  readonly adjectives: List;
  readonly nouns: List;
  readonly tags: List;
  /** Names of the files, in the order of the sculpt's variants. */
  readonly parts: List;
}

const TABLETOP: List = [
  "",
  "",
  "",
  " - 32mm",
  " (Pre-Supported)",
  " Set",
  " - Vol. 2",
  " [Modular]",
];
const SUFFIXES: Readonly<Record<Field, List>> = {
  tabletop: TABLETOP,
  home: ["", "", "", "", " - No Supports", " No. 2", " No. 3"],
  workshop: ["", "", "", " v2", " (Parametric)", " - Print in Place", " Kit"],
};

const THEMES: Readonly<Record<Subject, Theme>> = {
  base: {
    field: "tabletop",
    adjectives: [
      "Cobblestone",
      "Ruined Temple",
      "Wasteland",
      "Old Town",
      "Riverbank",
      "Crypt Floor",
    ],
    nouns: ["Bases", "Base Collection", "Round Bases", "Display Base"],
    tags: ["base", "32mm", "miniature", "cobblestone", "presupported"],
    parts: ["base 32mm", "base 25mm", "base 40mm", "base 50mm", "base 60mm"],
  },
  cactus: {
    field: "home",
    adjectives: ["Little", "Desk", "Grumpy", "Golden", "Windowsill", "Everlasting"],
    nouns: ["Barrel Cactus", "Cactus Pot", "Cactus", "Succulent"],
    tags: ["plant", "desk", "decor", "gift", "cactus"],
    parts: ["cactus", "cactus_small", "cactus tall", "pot"],
  },
  chess: {
    field: "home",
    adjectives: ["Classic", "Fluted", "Tournament", "Travel", "Gothic", "Heirloom"],
    nouns: ["Chess Set", "Chess Pieces", "Chessmen"],
    tags: ["chess", "board game", "gift", "classic"],
    parts: PIECES,
  },
  column: {
    field: "tabletop",
    adjectives: ["Fallen Temple", "Twisted", "Fluted", "Sunken City", "Desert", "Cathedral"],
    nouns: ["Columns", "Pillars", "Column Ruins", "Colonnade"],
    tags: ["terrain", "ruins", "scatter", "temple", "32mm"],
    parts: ["column_A", "column_B", "column broken", "pillar_D", "pillar_E"],
  },
  crystal: {
    field: "tabletop",
    adjectives: ["Amber", "Frost", "Cavern", "Singing", "Deep Mine", "Moonlit"],
    nouns: ["Crystals", "Crystal Shards", "Crystal Cluster", "Crystal Markers"],
    tags: ["crystal", "scatter", "terrain", "fantasy", "dungeon"],
    parts: ["crystal_1", "crystal_2", "crystal_3", "shard small", "shard large"],
  },
  die: {
    field: "tabletop",
    adjectives: ["Weathered", "Sharp Edge", "Stone", "Oversized", "Pebble", "Smooth"],
    nouns: ["Polyhedral Dice", "Dice Set", "Dice Masters", "Gaming Dice"],
    tags: ["dice", "rpg", "d20", "gift", "gaming"],
    parts: DICE,
  },
  egg: {
    field: "home",
    adjectives: ["Ember", "Frostbound", "Ancient", "Emerald", "Sleeping", "Storm"],
    nouns: ["Dragon Egg", "Wyvern Egg", "Scaled Egg", "Egg of the Hollow King"],
    tags: ["dragon", "egg", "fantasy", "decor", "prop"],
    parts: ["egg", "egg_hollow", "egg half_A", "egg half_B"],
  },
  fir: {
    field: "tabletop",
    adjectives: ["Winter", "Dark Forest", "Highland", "Snowy", "Mountain Pass", "Tall"],
    nouns: ["Fir Trees", "Pine Forest", "Firs", "Evergreen"],
    tags: ["tree", "forest", "terrain", "winter", "28mm"],
    parts: ["fir_small", "fir_medium", "fir_large", "fir old", "sapling"],
  },
  gear: {
    field: "workshop",
    adjectives: ["Compact", "Helical", "Printable", "Classroom", "Desk Toy", "Spare"],
    nouns: ["Gear Train", "Gear Set", "Reduction Gearbox", "Gear Demonstrator"],
    tags: ["gear", "mechanical", "tool", "education", "functional"],
    parts: ["gear 24t", "gear 12t", "gear 36t", "gear 16t", "gear 20t"],
  },
  hexTile: {
    field: "tabletop",
    adjectives: ["Borderland", "Overworld", "Sunlit", "Explorer's", "Wildlands", "Old Kingdom"],
    nouns: ["Hex Tiles", "Hex Terrain", "Map Tiles", "Hex Map"],
    tags: ["hex", "terrain", "map", "board game", "tiles"],
    parts: GROUNDS,
  },
  knot: {
    field: "home",
    adjectives: ["Celtic", "Endless", "Trefoil", "Polished", "Infinite", "Interlaced"],
    nouns: ["Knot", "Knot Pendant", "Torus Knot", "Knot Sculpture"],
    tags: ["knot", "math", "sculpture", "jewelry", "art"],
    parts: ["knot", "knot_thin", "pendant", "stand"],
  },
  lampshade: {
    field: "home",
    adjectives: ["Pleated", "Spiral", "Paper Fold", "Soft Wave", "Evening", "Dune"],
    nouns: ["Lampshade", "Pendant Shade", "Lamp Shade", "Desk Lamp Shade"],
    tags: ["lamp", "light", "decor", "interior", "vasemode"],
    parts: ["shade", "shade_small", "shade large", "ring adapter"],
  },
  moon: {
    field: "home",
    adjectives: ["Cratered", "Half-Lit", "Small", "Distant", "Quiet", "Pocket"],
    nouns: ["Moon", "Moon Lamp", "Asteroid", "Moonlet"],
    tags: ["moon", "space", "lamp", "sci-fi", "planet"],
    parts: ["moon", "moon_hollow", "moonlet", "stand"],
  },
  mushroom: {
    field: "tabletop",
    adjectives: ["Fairy Ring", "Swamp", "Cavern", "Glowcap", "Witchwood", "Giant"],
    nouns: ["Mushrooms", "Toadstools", "Mushroom Scatter", "Fungi"],
    tags: ["mushroom", "forest", "fantasy", "scatter", "terrain"],
    parts: ["toadstool_1", "toadstool_2", "toadstool_3", "cap only", "cluster"],
  },
  planter: {
    field: "home",
    adjectives: ["Faceted", "Fluted", "Zigzag", "Self-Watering", "Low", "Balcony"],
    nouns: ["Planter", "Plant Pot", "Herb Pot", "Bowl"],
    tags: ["planter", "plants", "home", "decor", "pot"],
    parts: ["planter", "planter_small", "saucer", "insert"],
  },
  rock: {
    field: "tabletop",
    adjectives: ["Granite", "Canyon", "Shoreline", "Badlands", "Mossy", "Frozen"],
    nouns: ["Boulders", "Rock Outcrops", "Scatter Rocks", "Rocks"],
    tags: ["rock", "scatter", "terrain", "wargaming", "28mm"],
    parts: ["rock_1", "rock_2", "rock_3", "rock_4", "rock_5"],
  },
  rocket: {
    field: "workshop",
    adjectives: ["Retro", "Pocket", "Golden Age", "Classroom", "Desk", "Finned"],
    nouns: ["Rocket", "Rocket Ship", "Moon Rocket", "Model Rocket"],
    tags: ["rocket", "space", "toy", "sci-fi", "retro"],
    parts: ["rocket", "rocket_small", "display stand", "nose cone"],
  },
  shell: {
    field: "home",
    adjectives: ["Tidepool", "Fossil", "Spiral", "Giant", "Deep Sea", "Ribbed"],
    nouns: ["Nautilus Shell", "Ammonite", "Sea Snail Shell", "Shell"],
    tags: ["shell", "sea", "fossil", "nature", "sculpture"],
    parts: ["shell", "shell_small", "shell left", "stand"],
  },
  tavern: {
    field: "tabletop",
    adjectives: ["Crooked Lantern", "Harbour", "Alchemist's", "Wayfarer's", "Cellar", "Hearthside"],
    nouns: ["Tavern Scatter", "Inn Furniture", "Tavern Props", "Pantry"],
    tags: ["tavern", "scatter", "props", "dungeon", "28mm"],
    parts: ["barrel", "goblet", "potion", "cauldron"],
  },
  tower: {
    field: "tabletop",
    adjectives: ["Border", "Old Stone", "Hilltop", "Signal", "River", "Forgotten"],
    nouns: ["Watchtower", "Keep Tower", "Castle Tower", "Dice Tower"],
    tags: ["castle", "tower", "terrain", "fortress", "playable"],
    parts: ["tower", "tower_ruined", "tower top", "tower middle", "tower base"],
  },
  vase: {
    field: "home",
    adjectives: ["Spiral", "Ribbed", "Tall", "Wave", "Slow Twist", "Bottle-Neck"],
    nouns: ["Vase", "Bud Vase", "Flower Vase", "Dry Flower Vase"],
    tags: ["vase", "decor", "vasemode", "home", "flowers"],
    parts: ["vase", "vase_small", "vase tall", "vase test ring"],
  },
};

const ALL: readonly [Subject, ...Subject[]] = ["vase", ...SUBJECTS.filter((one) => one !== "vase")];

const ADVICE: Readonly<Record<Field, readonly [string, string]>> = {
  tabletop: ["Prints without supports.", "Scale 32 mm."],
  home: ["Three walls and no infill look best.", "Layers of 0.2 mm."],
  workshop: ["Prints without supports, 20 % infill.", "Tolerances fit a nozzle of 0.4 mm."],
};

/** What the creator says about printing it, in two sentences. */
export function printingAdvice(subject: Subject): readonly [string, string] {
  return ADVICE[THEMES[subject].field];
}

/** Something that this creator would make. */
export function subjectFor(creator: Creator | null, random: Random): Subject {
  const [first, ...more] = ALL.filter((one) =>
    !creator?.field || THEMES[one].field === creator.field
  );
  return random.pick([first ?? ALL[0], ...more]);
}

/** A title such as "Old Stone Watchtower - 32mm". */
export function makeTitle(subject: Subject, random: Random, number: number): string {
  const { field, adjectives, nouns } = THEMES[subject];
  const title = `${random.pick(adjectives)} ${random.pick(nouns)}${random.pick(SUFFIXES[field])}`;
  return number >= 200 ? `${title} ${number}` : title;
}

/** Up to five different tags. */
export function makeTags(subject: Subject, random: Random): string[] {
  const tags = Array.from({ length: random.int(0, 5) }, () => random.pick(THEMES[subject].tags));
  return [...new Set(tags)];
}

/** Name of a file without its extension. */
export function partName(subject: Subject, number: number): string {
  const { parts } = THEMES[subject];
  const round = Math.floor(number / parts.length);
  return `${parts[number % parts.length] ?? parts[0]}${round === 0 ? "" : `_${round + 1}`}`;
}
