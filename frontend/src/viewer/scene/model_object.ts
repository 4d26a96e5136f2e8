import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  Group,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshStandardMaterial,
  Sphere,
  Vector3,
} from "three";
import type { DisplayMesh } from "../display_mesh.ts";
import { sidesOf } from "../format.ts";
import type { Palette } from "./palette.ts";

/** The model, standing on the plate's middle. */
export interface ModelObject {
  readonly object: Group;
  setPalette(palette: Palette): void;
  setWireframe(on: boolean): void;
  dispose(): void;
}

export function createModelObject(model: DisplayMesh): ModelObject {
  const geometry = toGeometry(model);
  const surface = new MeshStandardMaterial({
    roughness: 0.55,
    metalness: 0,
    flatShading: model.normals === null,
    // Printable models are closed, but downloaded ones have holes and faces turned inside out.
    side: DoubleSide,
    // Lets the edges win where they lie on the surface.
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 1,
  });
  const solid = new Mesh(geometry, surface);
  solid.castShadow = true;
  solid.receiveShadow = true;

  const line = new LineBasicMaterial({ transparent: true, opacity: edgeOpacity(model.triangles) });
  let edges: LineSegments | null = null;

  const object = new Group();
  const { min, max } = model.bounds;
  object.position.set(-(min[0] + max[0]) / 2, -(min[1] + max[1]) / 2, -min[2]);
  object.add(solid);
  return {
    object,
    setPalette(palette) {
      surface.color = palette.model;
      line.color = palette.edge;
    },
    setWireframe(on) {
      if (on && edges === null) {
        edges = new LineSegments(edgeGeometry(geometry, model), line);
        object.add(edges);
      }
      if (edges !== null) edges.visible = on;
    },
    dispose() {
      geometry.dispose();
      edges?.geometry.dispose();
      surface.dispose();
      line.dispose();
    },
  };
}

function toGeometry({ positions, indices, normals, bounds }: DisplayMesh): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(positions, 3));
  if (normals !== null) geometry.setAttribute("normal", new BufferAttribute(normals, 4, true));
  if (indices !== null) geometry.setIndex(new BufferAttribute(indices, 1));
  // Known already; three would walk over all vertices once more.
  const middle = new Vector3(...bounds.min).add(new Vector3(...bounds.max)).divideScalar(2);
  geometry.boundingSphere = new Sphere(middle, Math.hypot(...sidesOf(bounds)) / 2);
  return geometry;
}

/** Every side of every triangle. Made when asked for, since it takes as much memory again. */
function edgeGeometry(geometry: BufferGeometry, { indices, triangles, positions }: DisplayMesh) {
  const lines = new Uint32Array(triangles * 6);
  const corners = indices ?? Uint32Array.from({ length: positions.length / 3 }, (_, i) => i);
  for (let triangle = 0; triangle < triangles; triangle++) {
    const [a = 0, b = 0, c = 0] = corners.subarray(triangle * 3, triangle * 3 + 3);
    lines.set([a, b, b, c, c, a], triangle * 6);
  }
  const edges = new BufferGeometry();
  edges.setAttribute("position", geometry.getAttribute("position"));
  edges.setIndex(new BufferAttribute(lines, 1));
  edges.boundingSphere = geometry.boundingSphere;
  return edges;
}

/** Fine meshes would turn into one dark blot. */
function edgeOpacity(triangles: number): number {
  return Math.min(0.9, Math.max(0.12, 0.9 - 0.15 * Math.log10(triangles / 100)));
}
