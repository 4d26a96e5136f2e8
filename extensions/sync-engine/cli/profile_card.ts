import { join } from "node:path";
import { randomBytes, randomUUID } from "node:crypto";
import * as v from "valibot";
import type { Fs } from "../platform/ports.ts";

const DemoSchema = v.strictObject({ objects: v.number(), seed: v.number() });

const CardSchema = v.object({
  /** Keeps the keychain entries of this profile apart. */
  id: v.pipe(v.string(), v.uuid()),
  /** Of the hashes in the log. */
  salt: v.pipe(v.string(), v.minLength(32)),
  /** The simulated site that the library is of, null for a real one. */
  demo: v.nullable(DemoSchema),
});

/** What a profile is, besides its database. */
export type ProfileCard = v.InferOutput<typeof CardSchema>;

/** The simulated site of a demo library. */
export type DemoSite = v.InferOutput<typeof DemoSchema>;

/** Reads a profile's card; null when there is none that is understood. */
export async function readCard(fs: Fs, dir: string): Promise<ProfileCard | null> {
  const text = await fs.readText(cardPath(dir));
  if (text === null) return null;
  const card = v.safeParse(v.pipe(v.string(), v.parseJson(), CardSchema), text);
  return card.success ? card.output : null;
}

/** Reads a profile's card, or makes one. */
export async function ensureCard(
  fs: Fs,
  dir: string,
  demo: DemoSite | null = null,
): Promise<ProfileCard> {
  const known = await readCard(fs, dir);
  if (known && (demo === null || sameSite(known.demo, demo))) return known;
  const card = known ? { ...known, demo } : { ...newCard(), demo };
  await fs.mkdir(dir);
  await fs.writeTextAtomic(cardPath(dir), JSON.stringify(card), { sync: true });
  return card;
}

/** A card of its own, of a real library. */
export function newCard(): ProfileCard {
  return { id: randomUUID(), salt: randomBytes(32).toString("hex"), demo: null };
}

function sameSite(a: DemoSite | null, b: DemoSite): boolean {
  return a?.objects === b.objects && a.seed === b.seed;
}

function cardPath(dir: string): string {
  return join(dir, "profile.json");
}
