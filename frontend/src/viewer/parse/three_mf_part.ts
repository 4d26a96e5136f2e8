import { GrowingFloats, GrowingIndices } from "./growing_array.ts";
import { checkTriangles, type Limits } from "./limits.ts";
import { checkIndices } from "./mesh.ts";
import { ParseError } from "./parse_error.ts";
import { identity, parseTransform, type Transform } from "./transform.ts";
import { partPath } from "./unzip_parts.ts";
import { XmlTags } from "./xml_tags.ts";

/** A use of an object: in the build, or as a component of another object. */
export interface Reference {
  /** The part that holds the object, null for the part that the reference stands in. */
  readonly path: string | null;
  readonly objectId: string;
  readonly transform: Transform;
}

/** A shape of its own, or put together from others. */
export interface ModelObject {
  readonly positions: Float32Array;
  readonly indices: Uint32Array;
  readonly components: readonly Reference[];
}

/** One `.model` part of a package. */
export interface ModelPart {
  /** Millimetres per unit of length. */
  readonly scale: number;
  readonly objects: ReadonlyMap<string, ModelObject>;
  readonly build: readonly Reference[];
}

/** Units of 3MF Core Specification 1.3, 3.4, in mm. */
const UNITS: Readonly<Record<string, number>> = {
  micron: 0.001,
  millimeter: 1,
  centimeter: 10,
  inch: 25.4,
  foot: 304.8,
  meter: 1000,
};

/**
 * Reads one `.model` part. Of extensions it knows the production extension's `path`; slices, lattices
 * and materials are passed over.
 *
 * @throws {ParseError} for XML that cannot be read
 */
export function parseModelPart(bytes: Uint8Array, limits: Limits): ModelPart {
  const tags = new XmlTags(toUtf8(bytes));
  const objects = new Map<string, ModelObject>();
  const build: Reference[] = [];
  let scale = 1;
  let object: ObjectReader | null = null;
  while (tags.next()) {
    if (object !== null) {
      if (!object.take(tags)) object = null;
    } else if (tags.isClosing) continue;
    else if (tags.is("object") && !tags.isEmpty) {
      object = new ObjectReader(limits, objects, tags.text("id") ?? "");
    } else if (tags.is("item")) build.push(toReference(tags));
    else if (tags.is("model")) scale = unitOf(tags.text("unit") ?? "millimeter");
  }
  if (object !== null) throw new ParseError("damaged", "The model's XML ends inside an object");
  return { scale, objects, build };
}

class ObjectReader {
  readonly #positions = new GrowingFloats();
  readonly #indices = new GrowingIndices();
  readonly #components: Reference[] = [];
  /** Extensions have elements of the same names outside of `<mesh>`. */
  #isInMesh = false;

  constructor(
    readonly limits: Limits,
    readonly objects: Map<string, ModelObject>,
    readonly id: string,
  ) {}

  /** Takes in a tag inside of the object; false when it closes the object. */
  take(tags: XmlTags): boolean {
    if (tags.isClosing) return this.#close(tags);
    if (this.#isInMesh) {
      if (tags.is("vertex")) {
        this.#positions.push3(tags.number("x"), tags.number("y"), tags.number("z"));
      } else if (tags.is("triangle")) this.#takeTriangle(tags);
    } else if (tags.is("mesh")) this.#isInMesh = !tags.isEmpty;
    else if (tags.is("component")) this.#components.push(toReference(tags));
    return true;
  }

  #takeTriangle(tags: XmlTags): void {
    this.#indices.push3(toIndex(tags, "v1"), toIndex(tags, "v2"), toIndex(tags, "v3"));
    checkTriangles(this.#indices.length / 3, this.limits);
  }

  #close(tags: XmlTags): boolean {
    if (tags.is("mesh")) this.#isInMesh = false;
    if (!tags.is("object")) return true;
    const positions = this.#positions.done();
    const indices = this.#indices.done();
    checkIndices(indices, positions.length / 3);
    this.objects.set(this.id, { positions, indices, components: this.#components });
    return false;
  }
}

function toIndex(tags: XmlTags, attribute: string): number {
  const index = tags.number(attribute);
  if (Number.isInteger(index) && index >= 0 && index < 0xffffffff) return index;
  throw new ParseError("damaged", "A triangle names a vertex that does not exist");
}

function toReference(tags: XmlTags): Reference {
  const path = tags.text("path");
  const transform = tags.text("transform");
  return {
    path: path === null ? null : partPath(path),
    objectId: tags.text("objectid") ?? "",
    transform: transform === null ? identity : parseTransform(transform),
  };
}

function unitOf(name: string): number {
  const scale = Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
  if (scale === undefined) {
    throw new ParseError("damaged", `The model has an unknown unit, "${name}"`);
  }
  return scale;
}

/** The specification allows UTF-16 too; hardly anybody writes it. */
function toUtf8(bytes: Uint8Array): Uint8Array {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff;
  if (!isLittle && !isBig) return bytes;
  const text = new TextDecoder(isLittle ? "utf-16le" : "utf-16be").decode(bytes);
  return new TextEncoder().encode(text);
}
