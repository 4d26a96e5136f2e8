import { checkTriangles, type Limits } from "./limits.ts";
import type { RawMesh } from "./mesh.ts";
import { ParseError } from "./parse_error.ts";
import type { ModelObject, ModelPart, Reference } from "./three_mf_part.ts";
import { compose, isMirror, scaling, type Transform } from "./transform.ts";

/** Deeper nesting of components is taken for an attack. */
const MAX_DEPTH = 64;

/** How much there is of an object and all of its components. */
interface Size {
  readonly vertices: number;
  readonly triangles: number;
  /** Levels of components. */
  readonly depth: number;
}

const NOTHING: Size = { vertices: 0, triangles: 0, depth: 0 };

/**
 * Puts the objects of a package together as its build says, each use a copy of its own, in mm.
 *
 * Objects may be built from objects that are built from objects: ten levels of ten make ten billion
 * triangles from a kilobyte. So sizes are worked out first, once for each object, and only what stays
 * below the cap is copied.
 *
 * @throws {ParseError} `damaged` for references to nothing or in a circle, `tooLarge` beyond the cap
 */
export function assembleBuild(
  parts: ReadonlyMap<string, ModelPart>,
  rootPath: string,
  limits: Limits,
): RawMesh {
  const root = parts.get(rootPath);
  if (root === undefined) throw new ParseError("damaged", "The package has no model part");
  const sizes = new SizeBook(parts, limits);
  // A package may be a library of objects without a build; then each stands where it was modelled.
  const uses = root.build.length > 0 ? root.build : unusedObjects(root);
  const size = sizes.ofAll(uses, rootPath);

  const copier = new Copier(parts, sizes, size);
  for (const use of uses) copier.copy(use, rootPath, scaling(root.scale));
  return { positions: copier.positions, indices: copier.indices, complete: true };
}

function unusedObjects(root: ModelPart): Reference[] {
  const used = new Set<string>();
  for (const { components } of root.objects.values()) {
    for (const { path, objectId } of components) if (path === null) used.add(objectId);
  }
  return [...root.objects.keys()].filter((id) => !used.has(id))
    .map((objectId) => ({ path: null, objectId, transform: scaling(1) }));
}

interface Found {
  readonly key: string;
  readonly path: string;
  readonly object: ModelObject;
}

function find(parts: ReadonlyMap<string, ModelPart>, use: Reference, from: string): Found {
  const path = use.path ?? from;
  const object = parts.get(path)?.objects.get(use.objectId);
  if (object === undefined) {
    throw new ParseError("damaged", `The package uses object ${use.objectId}, which it lacks`);
  }
  return { key: `${use.objectId} ${path}`, path, object };
}

function checkDepth(depth: number): void {
  if (depth <= MAX_DEPTH) return;
  throw new ParseError("damaged", "The package's objects are nested too deeply");
}

class SizeBook {
  readonly #known = new Map<string, Size | "being counted">();
  #beingCounted = 0;

  constructor(
    readonly parts: ReadonlyMap<string, ModelPart>,
    readonly limits: Limits,
  ) {}

  of(use: Reference, from: string): Size {
    const { key, path, object } = find(this.parts, use, from);
    const known = this.#known.get(key);
    if (known === "being counted") {
      throw new ParseError("damaged", "The package's objects contain each other");
    }
    if (known !== undefined) return known;
    this.#known.set(key, "being counted");
    checkDepth(++this.#beingCounted);
    const components = this.ofAll(object.components, path);
    this.#beingCounted--;
    const triangles = components.triangles + object.indices.length / 3;
    // Points without a triangle show nothing, but could be nested without end.
    const size = triangles === 0 ? NOTHING : {
      vertices: components.vertices + object.positions.length / 3,
      triangles,
      depth: components.depth + 1,
    };
    // Levels that were counted earlier do not show in the recursion.
    checkDepth(size.depth);
    this.#known.set(key, size);
    return size;
  }

  ofAll(uses: readonly Reference[], from: string): Size {
    let { vertices, triangles, depth } = NOTHING;
    for (const use of uses) {
      const size = this.of(use, from);
      vertices += size.vertices;
      triangles += size.triangles;
      depth = Math.max(depth, size.depth);
    }
    checkTriangles(triangles, this.limits);
    // Triangles use three vertices at most; the rest would be bloat.
    checkTriangles(vertices / 3, this.limits);
    return { vertices, triangles, depth };
  }
}

class Copier {
  readonly positions: Float32Array<ArrayBuffer>;
  readonly indices: Uint32Array<ArrayBuffer>;
  #vertices = 0;
  #corners = 0;

  constructor(
    readonly parts: ReadonlyMap<string, ModelPart>,
    readonly sizes: SizeBook,
    { vertices, triangles }: Size,
  ) {
    this.positions = new Float32Array(vertices * 3);
    this.indices = new Uint32Array(triangles * 3);
  }

  copy(use: Reference, from: string, outer: Transform): void {
    if (this.sizes.of(use, from).triangles === 0) return;
    const { path, object } = find(this.parts, use, from);
    const transform = compose(use.transform, outer);
    this.#copyShape(object, transform);
    for (const component of object.components) this.copy(component, path, transform);
  }

  #copyShape({ positions, indices }: ModelObject, transform: Transform): void {
    const first = this.#vertices;
    const [second, third] = isMirror(transform) ? [2, 1] : [1, 2];
    for (let corner = 0; corner < indices.length; corner += 3) {
      this.indices[this.#corners++] = first + (indices[corner] ?? 0);
      this.indices[this.#corners++] = first + (indices[corner + second] ?? 0);
      this.indices[this.#corners++] = first + (indices[corner + third] ?? 0);
    }
    const [a, b, c, d, e, f, g, h, i, tx, ty, tz] = transform;
    for (let at = 0; at < positions.length; at += 3) {
      const x = positions[at] ?? 0;
      const y = positions[at + 1] ?? 0;
      const z = positions[at + 2] ?? 0;
      const to = this.#vertices++ * 3;
      this.positions[to] = x * a + y * d + z * g + tx;
      this.positions[to + 1] = x * b + y * e + z * h + ty;
      this.positions[to + 2] = x * c + y * f + z * i + tz;
    }
  }
}
