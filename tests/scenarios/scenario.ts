import { parse } from "smol-toml";
import * as v from "valibot";

/** An object by the number in its id: of `object-100003`. */
const ObjectId = v.pipe(v.number(), v.integer());
/** Below the user's home, '/'-separated; the library's root is `library`. */
const Path = v.string();

/** What happens on the site; named after the simulator's `World`. */
const SiteStep = v.union([
  v.strictObject({
    site: v.picklist([
      "replaceArchive",
      "addArchive",
      "removeArchive",
      "renameFile",
      "changeImages",
      "withdrawObject",
      "revokeObject",
      "lockObject",
      "deleteObject",
      "restoreObject",
    ]),
    object: ObjectId,
  }),
  v.strictObject({ site: v.literal("renameObject"), object: ObjectId, title: v.string() }),
  v.strictObject({ site: v.literal("addObject") }),
]);

/** What the user does on the disk. */
const UserStep = v.union([
  v.strictObject({ user: v.literal("write"), path: Path, text: v.string() }),
  v.strictObject({ user: v.literal("remove"), path: Path }),
  v.strictObject({ user: v.literal("rename"), from: Path, to: Path }),
  /** The browser saves a file of an object, the first one or the one of this name. */
  v.strictObject({
    user: v.literal("save"),
    object: ObjectId,
    name: v.exactOptional(v.string()),
    as: Path,
  }),
  /** The disk spoils a byte, and nobody has written to the file. */
  v.strictObject({ user: v.literal("suffer"), path: Path, at: v.number() }),
]);

/** What the app is asked to do. */
const AppStep = v.union([
  v.strictObject({
    app: v.literal("sync"),
    full: v.exactOptional(v.boolean()),
    acceptRemovals: v.exactOptional(v.boolean()),
    dryRun: v.exactOptional(v.boolean()),
  }),
  v.strictObject({ app: v.literal("verify"), repair: v.exactOptional(v.boolean()) }),
  /** A sync in which the process dies instead of an operation of the disk; then the app is started again. */
  v.strictObject({
    app: v.literal("crash"),
    /** As the port calls it, with `file.` before what is done to an open file. */
    instead: v.string(),
    /** Part of the path. */
    of: v.string(),
    /** Bytes that such operations have written before. @default {0} */
    after: v.exactOptional(v.number(), 0),
  }),
  v.strictObject({ app: v.literal("restart") }),
  /** Tells how it stands with library and queue. */
  v.strictObject({ app: v.literal("list") }),
  v.strictObject({
    app: v.picklist(["want", "unwant", "restore", "refetch", "unpack"]),
    object: ObjectId,
  }),
  /** All files of the object, or the one of this name. */
  v.strictObject({
    app: v.literal("remove"),
    object: ObjectId,
    name: v.exactOptional(v.string()),
  }),
  v.strictObject({
    app: v.literal("adopt"),
    folder: Path,
    how: v.exactOptional(v.picklist(["copy", "link", "move"])),
  }),
]);

const StepSchema = v.union([SiteStep, UserStep, AppStep]);

const ScenarioSchema = v.strictObject({
  /** What is proven, as a sentence. */
  title: v.string(),
  /** What the site has at the start; the rest is as the simulator has it by default. */
  site: v.strictObject({
    objects: v.exactOptional(v.number()),
    /** Of these, what the account owns. */
    owned: v.array(ObjectId),
    seed: v.exactOptional(v.number()),
    filesPerObject: v.exactOptional(v.number()),
    images: v.exactOptional(v.number()),
    fileSize: v.exactOptional(v.number()),
    oddities: v.exactOptional(v.boolean()),
  }),
  steps: v.array(StepSchema),
});

/** A story of site, user and app. */
export type Scenario = v.InferOutput<typeof ScenarioSchema>;
export type Step = v.InferOutput<typeof StepSchema>;
export type SiteStep = v.InferOutput<typeof SiteStep>;
export type UserStep = v.InferOutput<typeof UserStep>;
export type AppStep = v.InferOutput<typeof AppStep>;

/**
 * Reads a `scenario.toml`.
 *
 * @throws {Error} If it says what nobody understands.
 */
export function parseScenario(text: string): Scenario {
  return v.parse(ScenarioSchema, parse(text));
}

/** A step in one line, much as it was written. */
export function describe(step: Step): string {
  const words = Object.entries(step).map(([name, value], i) =>
    i === 0 ? `${name} ${value}` : `${name}=${JSON.stringify(value)}`
  );
  return words.join(" ");
}
