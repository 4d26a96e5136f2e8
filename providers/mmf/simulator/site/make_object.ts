import { MAX_TEXT, modelContent, type ModelFormat, targetBytes } from "../content/model_file.ts";
import type { Settings } from "../options.ts";
import { hash, hashHex, Random } from "../random.ts";
import { type Oddity, oddityAt } from "./oddities.ts";
import type { SimFile, SimImage, SimObject } from "./sim_object.ts";
import { type Creator, creatorAt, creatorsFor } from "./creators.ts";
import { makeSources } from "./sources.ts";
import { makeTags, makeTitle, partName, subjectFor } from "./themes.ts";

const FIRST_ID = 100_003;
const ID_STEP = 3;
const DAY = 86_400_000;
const OPENING = Date.UTC(2023, 0, 5, 9, 30, 12);

/** The id of the object at this place. */
export function objectIdAt(index: number): number {
  return FIRST_ID + index * ID_STEP;
}

/** The place of the object with this id, or null when no object can have it. */
export function indexOfObject(id: number): number | null {
  const index = (id - FIRST_ID) / ID_STEP;
  return Number.isInteger(index) && index >= 0 ? index : null;
}

/** The place of the object that the file with this id belongs to. */
export function indexOfFile(fileId: number): number {
  return Math.floor(fileId / 1000) - 1;
}

/** The place of the object that the image with this id belongs to. */
export function indexOfImage(imageId: number): number {
  return Math.floor(imageId / 100) - 1;
}

/** Makes the object at this place as it is when the simulator starts. */
export function makeObject(settings: Settings, index: number): SimObject {
  const random = new Random(settings.seed, "object", index);
  // What the site adds later is ordinary.
  const oddity = index < settings.objects ? oddityOf(settings, index) : null;
  const createdAt = OPENING + Math.floor(random.next() * 1_200 * DAY / 1000) * 1000;
  const updatedAt = createdAt + Math.floor(random.next() * 60 * DAY / 1000) * 1000;
  const creator = creatorOf(settings, random, oddity);
  const subject = subjectFor(creator, random);
  const special = oddity?.special;
  const generalMode = random.chance(0.5) ? 1 : 0;
  const object: SimObject = {
    index,
    id: objectIdAt(index),
    title: oddity?.title ?? makeTitle(subject, random, index),
    creator,
    tags: makeTags(subject, random),
    subject,
    access: oddity?.access ?? "public",
    refusesWith: hash(settings.seed, "refuses", index) % 2 === 0 ? 401 : 403,
    isListed: true,
    createdAt,
    updatedAt,
    isUndated: special === "noDates",
    publishedAt: random.chance(0.84) ? createdAt + DAY : null,
    addedAt: updatedAt + random.int(1, 40) * DAY,
    sources: makeSources(settings, index, random),
    bundleId: index % 10 === 4 ? objectIdAt(index - 4) : null,
    fileMode: oddity?.fileNames || special === "pdfOnly"
      ? 0
      : special === "duplicateArchives" || special === "splitArchive" || special === "wholeZipOnly"
      ? 1
      : generalMode,
    files: [],
    images: [],
    hasZip: special === "wholeZipOnly" || (!special && random.chance(0.3)),
    pdfOnly: special === "pdfOnly" || special === "noFiles",
    nextFile: 0,
    nextImage: 0,
  };
  addFiles(settings, object, random, oddity);
  for (let i = averageCount(random, settings.images); i > 0; i--) addImage(settings, object);
  return object;
}

function oddityOf({ oddities }: Settings, index: number) {
  const oddity = oddities === false ? null : oddityAt(index);
  return oddities === "lifelike" && oddity?.isContrived ? null : oddity;
}

function creatorOf(
  settings: Settings,
  random: Random,
  oddity: (Oddity & { number: number }) | null,
): Creator | null {
  const usual = creatorAt(random.int(0, creatorsFor(settings.objects) - 1));
  switch (oddity?.creator) {
    case undefined:
      return usual;
    case "none":
      return null;
    case "same":
      return creatorAt(3);
    case "foreign":
      return { id: 900_001, name: "東京ミニチュア工房", username: "tokyo mini", field: null };
    case "hostile":
      return { id: 900_002, name: "../AC⁄DC: <Studio>.", username: "ac-dc", field: null };
  }
}

function addFiles(settings: Settings, object: SimObject, random: Random, oddity: Oddity | null) {
  const title = object.title.replace(/[^\w -]/g, "").trim().slice(0, 40) || "model";
  switch (oddity?.special) {
    case "noFiles":
      return;
    case "pdfOnly":
      addFile(settings, object, "Assembly Guide.pdf", "pdf");
      return;
    case "wholeZipOnly":
      addFile(settings, object, `${title}.zip`, "zip", { isWholeZip: true });
      return;
    case "duplicateArchives":
      addFile(settings, object, "a.zip", "zip");
      addFile(settings, object, "a.zip", "zip");
      return;
    case "splitArchive":
      addFile(settings, object, "campaign.zip.001", "zip.001", { key: object.id });
      addFile(settings, object, "campaign.zip.002", "zip.002", { key: object.id });
      return;
    case "wrongSize":
      addFile(settings, object, "Part_A.zip", "zip").listedError = 7;
      return;
  }
  if (oddity?.fileNames) {
    for (const name of oddity.fileNames) addFile(settings, object, name, formatOf(name));
    return;
  }
  const count = Math.max(1, averageCount(random, settings.filesPerObject));
  for (let i = 0; i < count; i++) {
    if (object.fileMode === 1) {
      addFile(settings, object, count === 1 ? `${title}.zip` : `Part_${letters(i)}.zip`, "zip");
    } else {
      const drawn = random.pick<ModelFormat>([
        "stl",
        "stl",
        "stl",
        "stl",
        "ascii.stl",
        "3mf",
        "obj",
      ]);
      // A size that was asked for in bytes is to be met.
      const format = Number(settings.fileSize) > MAX_TEXT ? "stl" : drawn;
      addFile(
        settings,
        object,
        `${partName(object.subject, i)}.${format.replace("ascii.", "")}`,
        format,
      );
    }
  }
}

function letters(number: number): string {
  return number < 26 ? String.fromCharCode(65 + number) : `${number + 1}`;
}

function formatOf(name: string): ModelFormat {
  const extension = /\.(obj|3mf)$/i.exec(name)?.[1]?.toLowerCase();
  return extension === "obj" || extension === "3mf" ? extension : "stl";
}

function averageCount(random: Random, average: number): number {
  return Math.floor(random.between(0.34, 1.66) * average + random.next());
}

/** Adds a file to the object; its content follows from the seed and its id, or from `key`. */
export function addFile(
  { seed, fileSize }: Settings,
  object: SimObject,
  name: string,
  format: ModelFormat,
  { isWholeZip = false, key }: { isWholeZip?: boolean; key?: number } = {},
): SimFile {
  const sculpt = { subject: object.subject, variant: object.nextFile };
  const id = (object.index + 1) * 1000 + object.nextFile++;
  const contentKey = hash(seed, "file", key ?? id, 1);
  const target = targetBytes(fileSize, new Random(contentKey, "target"));
  const file: SimFile = {
    id,
    objectId: object.id,
    name,
    format,
    version: 1,
    key: contentKey,
    sculpt,
    target,
    size: modelContent(format, contentKey, target, sculpt).size,
    listedError: 0,
    updatedAt: object.updatedAt,
    createdAt: object.createdAt,
    isWholeZip,
  };
  object.files.push(file);
  return file;
}

/** Gives the file new content of another size. */
export function replaceContent({ seed, fileSize }: Settings, file: SimFile): void {
  const before = file.size;
  // Replaced archives practically always differ in size too; the tries end where sizes hit a minimum.
  let tries = 20;
  do {
    file.version++;
    file.key = hash(seed, "file", file.id, file.version);
    file.target = targetBytes(fileSize, new Random(file.key, "target"));
    file.size = modelContent(file.format, file.key, file.target, file.sculpt).size;
  } while (file.size === before && --tries > 0);
}

/** Directory of the object's images and archives on the storage hosts. */
export function folderOf(seed: number, objectId: number): string {
  return hashHex(7, seed, objectId, "folder") + objectId.toString(16).padStart(6, "0");
}

/** The object that a directory belongs to, right or wrong. */
export function objectOfFolder(folder: string): number {
  return Number.parseInt(folder.slice(7), 16);
}

const IMAGE_NAMES = ["front view.png", "creator's cut.png", "detail.png", "size-chart.png"];

/** Adds a gallery image to the object. */
export function addImage({ seed }: Settings, object: SimObject): SimImage {
  const number = object.nextImage++;
  const id = (object.index + 1) * 100 + number;
  const shown = object.files[number % (object.files.length || 1)];
  const image: SimImage = {
    id,
    objectId: object.id,
    name: IMAGE_NAMES[number] ?? `render-${number + 1}.png`,
    host: hash(seed, id, "host") % 3 === 0 ? "dl" : "assets",
    folder: folderOf(seed, object.id),
    sculpt: shown?.sculpt ?? { subject: object.subject, variant: number },
    meshKey: shown?.key ?? id,
  };
  object.images.push(image);
  return image;
}
