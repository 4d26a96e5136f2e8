import { LruCache } from "../lru_cache.ts";
import type { Settings } from "../options.ts";
import {
  addFile,
  addImage,
  indexOfObject,
  makeObject,
  objectIdAt,
  replaceContent,
} from "./make_object.ts";
import { isArchive, type SimFile, type SimObject } from "./sim_object.ts";
import { makeTitle } from "./themes.ts";
import { Random } from "../random.ts";

/** What happens on the site while a client is not looking. Object ids are numbers, as in `object-100003`. */
export interface World {
  /** Ids of all objects that are listed now. */
  objectIds(): number[];
  /** Ids of the listed objects whose files can be downloaded, at least one each. */
  downloadableIds(): number[];
  /** Gives the first file new content under the same id and name. */
  replaceArchive(objectId: number): void;
  /** Adds a file. */
  addArchive(objectId: number): void;
  /** Removes the last file. */
  removeArchive(objectId: number): void;
  /** Adds an object to the library and answers its id; one that is not listed is downloadable all the same. */
  addObject(options?: { isListed?: boolean }): number;
  /** Lists an object that the library lagged behind with. */
  listObject(objectId: number): void;
  renameObject(objectId: number, title: string): void;
  /** The creator makes it private: v2 answers 404, the owner can still download, and it stays listed. */
  withdrawObject(objectId: number): void;
  /** The user no longer owns it: it is not listed any more. */
  revokeObject(objectId: number): void;
  /**
   * Owned and listed, but not open to this account.
   *
   * @param status What the site refuses with: both were seen. @default one or the other
   */
  lockObject(objectId: number, status?: 401 | 403): void;
  /** The site has it no more, and lists it all the same. */
  deleteObject(objectId: number): void;
  /** Opens a withdrawn, revoked, locked or deleted object again. */
  restoreObject(objectId: number): void;
  /** Removes the first gallery image and adds another. */
  changeImages(objectId: number): void;
  /** Renames the first file and leaves its content; answers the new name. */
  renameFile(objectId: number): string;
  /** Ends the session or the token, or makes them good again. */
  signIn(credential: "session" | "token", isValid: boolean): void;
}

const RECENT_OBJECTS = 2_000;

/** The state behind the site. Objects are made when they are first looked at. */
export class SiteState implements World {
  readonly settings: Settings;
  readonly valid = { session: true, token: true };
  /** Objects that are no longer as they were made: these have to be kept. */
  readonly #changed = new Map<number, SimObject>();
  readonly #recent = new LruCache<SimObject>(RECENT_OBJECTS);
  #count: number;
  #revision = 0;

  constructor(settings: Settings) {
    this.settings = settings;
    this.#count = settings.objects;
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  at(index: number): SimObject | null {
    if (index < 0 || index >= this.#count) return null;
    const known = this.#changed.get(index) ?? this.#recent.get(`${index}`);
    if (known) return known;
    const object = makeObject(this.settings, index);
    this.#recent.set(`${index}`, object, 1);
    return object;
  }

  find(objectId: number): SimObject | null {
    const index = indexOfObject(objectId);
    return index === null ? null : this.at(index);
  }

  *listed(): Iterable<SimObject> {
    for (let index = 0; index < this.#count; index++) {
      const object = this.at(index);
      if (object?.isListed && object.access !== "revoked") yield object;
    }
  }

  objectIds(): number[] {
    return Array.from(this.listed(), ({ id }) => id);
  }

  downloadableIds(): number[] {
    return Array.from(this.listed())
      .filter(({ access, files }) =>
        access !== "locked" && access !== "deleted" && files.length > 0
      )
      .map(({ id }) => id);
  }

  replaceArchive(objectId: number): void {
    const object = this.#get(objectId);
    const file = this.#firstFile(object);
    replaceContent(this.settings, file);
    file.updatedAt = this.#touch(object);
  }

  addArchive(objectId: number): void {
    const object = this.#get(objectId);
    const [name, format] = object.fileMode === 1
      ? [`Extra_${object.nextFile}.zip`, "zip"] as const
      : [`extra_${object.nextFile}.stl`, "stl"] as const;
    const file = addFile(this.settings, object, name, format);
    file.updatedAt = this.#touch(object);
  }

  removeArchive(objectId: number): void {
    const object = this.#get(objectId);
    this.#firstFile(object);
    object.files.pop();
    this.#touch(object);
  }

  addObject({ isListed = true } = {}): number {
    const id = objectIdAt(this.#count++);
    const object = this.#get(id);
    object.isListed = isListed;
    this.#touch(object);
    return id;
  }

  listObject(objectId: number): void {
    this.#get(objectId).isListed = true;
    this.#revision++;
  }

  renameObject(objectId: number, title: string): void {
    const object = this.#get(objectId);
    object.title = title || makeTitle(object.subject, new Random(objectId), object.index);
    this.#touch(object);
  }

  // The site does not move `updatedAt` when only the access changes.
  withdrawObject(objectId: number): void {
    this.#setAccess(objectId, "withdrawn");
  }

  revokeObject(objectId: number): void {
    this.#setAccess(objectId, "revoked");
  }

  lockObject(objectId: number, status?: 401 | 403): void {
    this.#setAccess(objectId, "locked");
    if (status !== undefined) this.#get(objectId).refusesWith = status;
  }

  deleteObject(objectId: number): void {
    this.#setAccess(objectId, "deleted");
  }

  restoreObject(objectId: number): void {
    this.#setAccess(objectId, "public");
  }

  changeImages(objectId: number): void {
    const object = this.#get(objectId);
    object.images.shift();
    addImage(this.settings, object);
    this.#touch(object);
  }

  renameFile(objectId: number): string {
    const object = this.#get(objectId);
    const file = this.#firstFile(object);
    const dot = file.name.lastIndexOf(".");
    file.name = dot > 0
      ? `${file.name.slice(0, dot)} (renamed)${file.name.slice(dot)}`
      : `${file.name} (renamed)`;
    // The archive itself stays as it is, date included.
    this.#touch(object);
    return file.name;
  }

  signIn(credential: "session" | "token", isValid: boolean): void {
    this.valid[credential] = isValid;
  }

  #get(objectId: number): SimObject {
    const object = this.find(objectId);
    if (!object) throw new RangeError(`Cannot change object ${objectId}: there is none`);
    this.#changed.set(object.index, object);
    return object;
  }

  #firstFile(object: SimObject): SimFile {
    const file = object.files.find(isArchive) ?? object.files[0];
    if (!file) throw new RangeError(`Cannot change a file of object ${object.id}: it has none`);
    return file;
  }

  #setAccess(objectId: number, access: SimObject["access"]): void {
    this.#get(objectId).access = access;
    this.#revision++;
  }

  #touch(object: SimObject): number {
    object.updatedAt = Math.max(object.updatedAt + 1_000, this.#now());
    object.isUndated = false;
    this.#revision++;
    return object.updatedAt;
  }

  /** The site's dates have whole seconds. */
  #now(): number {
    return Math.floor(this.settings.now() / 1_000) * 1_000;
  }
}
