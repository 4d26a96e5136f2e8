import { join } from "node:path";
import * as v from "valibot";
import { SyncError } from "../platform/errors.ts";
import type { Clock, Fs, Random } from "../platform/ports.ts";
import { keepAside } from "./keep_aside.ts";

/** Name of the file that says that a folder is the root of a library. */
export const MARKER_NAME = ".mmfsync-root.json";

const Marker = v.looseObject({
  format: v.number(),
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
});

/** Options for {@linkcode openRoot}. */
export interface OpenRootOptions {
  /** Id of the marker when the root was opened before, null the first time. */
  readonly expectedId: string | null;
  readonly random: Random;
  readonly clock: Clock;
}

/** What {@linkcode openRoot} found. */
export interface OpenedRoot {
  /** To be remembered, and expected the next time. */
  readonly id: string;
  /** Whether the marker was written now. */
  readonly created: boolean;
}

/**
 * Makes sure that a library's root is what it was. A folder on a drive that is not connected is an empty folder, or
 * none; without the marker it would look as if everything had been deleted.
 *
 * The first time the folder is created when needed, and an existing library is adopted with its id. Later nothing is
 * ever created: a marker that is missing or of another library stops. A damaged marker is still a marker: it
 * is kept aside and written anew.
 *
 * @param root Absolute, in the platform's own form.
 * @throws {SyncError} `permission` If the expected marker is missing.
 * @throws {SyncError} `badInput` If the folder belongs to another library or a newer version of the app, or is a file.
 */
export async function openRoot(
  fs: Fs,
  root: string,
  options: OpenRootOptions,
): Promise<OpenedRoot> {
  const { expectedId } = options;
  const path = join(root, MARKER_NAME);
  const found = await fs.stat(root);
  if (found && found.kind === "file") {
    throw new SyncError("badInput", `Cannot use "${root}" for the library: it is a file`);
  }
  const text = found ? await fs.readText(path) : null;
  if (text === null) {
    if (expectedId !== null) {
      throw new SyncError(
        "permission",
        `Cannot find the library in "${root}": its drive seems not to be connected. ` +
          "Connect it, or choose the folder anew in the settings",
      );
    }
    await fs.mkdir(root);
    return { id: await writeMarker(fs, root, newId(options.random), options), created: true };
  }
  const id = readId(text, root);
  if (id === null) {
    await keepAside(fs, path);
    const healed = expectedId ?? newId(options.random);
    return { id: await writeMarker(fs, root, healed, options), created: true };
  }
  if (expectedId !== null && id !== expectedId) {
    throw new SyncError(
      "badInput",
      `Cannot use "${root}": it holds another library. ` +
        "Connect the right drive, or choose the folder anew in the settings",
    );
  }
  return { id, created: false };
}

/**
 * What the marker of a folder says: null when there is none, an id of null when it is damaged.
 *
 * @throws {SyncError} `badInput` when it is of a newer version of the app.
 */
export async function readMarker(
  fs: Fs,
  root: string,
): Promise<{ readonly id: string | null } | null> {
  const text = await fs.readText(join(root, MARKER_NAME));
  return text === null ? null : { id: readId(text, root) };
}

/**
 * Makes a folder a root of the library `id`, whichever other one it has; creates it when needed.
 *
 * @returns The id that the folder's marker has now: that of the library found there when `id` is null.
 * @throws {SyncError} `badInput` when it holds another library.
 */
export async function placeMarker(
  fs: Fs,
  root: string,
  id: string | null,
  ports: Pick<OpenRootOptions, "random" | "clock">,
): Promise<string> {
  const found = await readMarker(fs, root);
  if (found === null) {
    await fs.mkdir(root);
    return await writeMarker(fs, root, id ?? newId(ports.random), ports);
  }
  return (await openRoot(fs, root, { ...ports, expectedId: id })).id;
}

/**
 * Makes sure that a library's drive is still there while it is being written to: a folder made below the root
 * of a drive that went away would fill the disk beneath.
 *
 * @throws {SyncError} `permission` If the marker is gone.
 */
export async function requireMarker(fs: Fs, root: string): Promise<void> {
  if (await fs.stat(join(root, MARKER_NAME))) return;
  throw new SyncError(
    "permission",
    `The library in "${root}" is not there any more: connect its drive, then sync again`,
  );
}

/** The marker's id, or null when the text is damaged. */
function readId(text: string, root: string): string | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const marker = v.safeParse(Marker, json);
  if (!marker.success) return null;
  if (marker.output.format !== 1) {
    throw new SyncError(
      "badInput",
      `Cannot use "${root}": its library has format ${marker.output.format}, which this version does not know. ` +
        "Update the app",
    );
  }
  return marker.output.id;
}

async function writeMarker(
  fs: Fs,
  root: string,
  id: string,
  { clock }: Pick<OpenRootOptions, "clock">,
): Promise<string> {
  const marker = {
    format: 1,
    id,
    created: new Date(clock.now()).toISOString(),
    app: "mmfsync",
    note: "Marks the root of a library. Please leave it: without it the app stops to sync here.",
  };
  const text = JSON.stringify(marker, null, 2) + "\n";
  await fs.writeTextAtomic(join(root, MARKER_NAME), text, { sync: true });
  return id;
}

/** 128 bits as hex. */
function newId(random: Random): string {
  const bytes = Array.from({ length: 16 }, () => Math.floor(random.next() * 256));
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
