import type { ModelFormat } from "../content/model_file.ts";
import type { Sculpt, Subject } from "../content/sculpt.ts";
import type { Creator } from "./creators.ts";

/** What the owner of an entry can still do with it. */
export type Access = "public" | "withdrawn" | "locked" | "revoked" | "deleted";

/** An object of the site, as it is now. Times are milliseconds since the Unix epoch. */
export interface SimObject {
  readonly index: number;
  readonly id: number;
  title: string;
  readonly creator: Creator | null;
  readonly tags: readonly string[];
  /** What its files model. */
  readonly subject: Subject;
  access: Access;
  /** Status for whoever may not have it. */
  refusesWith: 401 | 403;
  /** False while the library lags behind: there and downloadable, but not listed yet. */
  isListed: boolean;
  readonly createdAt: number;
  updatedAt: number;
  /** The library lists it without dates, until something changes. */
  isUndated: boolean;
  readonly publishedAt: number | null;
  readonly addedAt: number;
  readonly sources: readonly [Source, ...Source[]];
  readonly bundleId: number | null;
  /** 0: single parts; 1: archives that the creator made. */
  readonly fileMode: 0 | 1;
  files: SimFile[];
  images: SimImage[];
  /** Whether the site has a zip of the whole model ready. */
  readonly hasZip: boolean;
  readonly pdfOnly: boolean;
  nextFile: number;
  nextImage: number;
}

/** How the user came to own an entry. */
export type Source =
  | "PURCHASE"
  | "TRIBE"
  | "FRONTIER"
  | "USER_GROUP"
  | "THE_ADVENTURE"
  | "MMFPLUS"
  | "DOWNLOAD"
  | "GIFT";

/** A file of an object. */
export interface SimFile {
  readonly id: number;
  readonly objectId: number;
  name: string;
  readonly format: ModelFormat;
  /** Grows with each new content. */
  version: number;
  /** Seed of the content. */
  key: number;
  readonly sculpt: Sculpt;
  /** Bytes that the content aims at. */
  target: number;
  size: number;
  /** Difference of the listed size from the real one. */
  listedError: number;
  updatedAt: number;
  readonly createdAt: number;
  /** The archive that `downloadables` lists with a null id: only the whole-model zip reaches it. */
  readonly isWholeZip: boolean;
}

/** A gallery image of an object. */
export interface SimImage {
  readonly id: number;
  readonly objectId: number;
  readonly name: string;
  readonly host: "dl" | "assets";
  /** Directory in its address. */
  readonly folder: string;
  /** What it shows: a file as it was when the picture was taken. */
  readonly sculpt: Sculpt;
  readonly meshKey: number;
}

/** Whether `downloadables` lists the file under `archives` rather than `parts`. */
export function isArchive({ format }: SimFile): boolean {
  return format === "zip" || format === "zip.001" || format === "zip.002";
}

/** The images that the site shows of the object: none of what is hidden or locked. */
export function galleryOf({ access, images }: SimObject): readonly SimImage[] {
  return access === "public" ? images : [];
}
