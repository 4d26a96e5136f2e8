import {
  Color,
  DoubleSide,
  Group,
  Mesh,
  PlaneGeometry,
  ShaderMaterial,
  ShadowMaterial,
} from "three";
import type { Palette } from "./palette.ts";

/** The plate below the model: a grid that fades out, and the model's shadow. */
export interface BuildPlate {
  readonly object: Group;
  setPalette(palette: Palette): void;
  dispose(): void;
}

/** @param radius of the model as seen from above, in mm */
export function createBuildPlate(radius: number): BuildPlate {
  const reach = radius * 2.2 + gridStep(radius);
  const plane = new PlaneGeometry(reach * 2, reach * 2);
  const lines = new ShaderMaterial({
    uniforms: {
      color: { value: new Color() },
      cell: { value: gridStep(radius) },
      reach: { value: reach },
    },
    vertexShader: GRID_VERTEX,
    fragmentShader: GRID_FRAGMENT,
    transparent: true,
    depthWrite: false,
    side: DoubleSide,
  });
  const shade = new ShadowMaterial({ opacity: 0.22, depthWrite: false });
  const grid = new Mesh(plane, lines);
  const shadow = new Mesh(plane, shade);
  shadow.receiveShadow = true;
  // Transparent parts are drawn in this order: shadows lie on the grid.
  grid.renderOrder = 1;
  shadow.renderOrder = 2;
  const object = new Group();
  // A hair below the model, whose underside would flicker through.
  object.position.z = -radius * 0.002;
  object.add(grid, shadow);
  return {
    object,
    setPalette(palette) {
      lines.uniforms["color"] = { value: palette.grid };
    },
    dispose() {
      plane.dispose();
      lines.dispose();
      shade.dispose();
    },
  };
}

/** Side of a square in mm: 10, in tens of that where a model is huge and tenths where it is tiny. */
export function gridStep(radius: number): number {
  if (radius <= 0) return 10;
  const power = radius > 600 || radius < 5 ? Math.floor(Math.log10(radius / 6)) : 1;
  return 10 ** power;
}

const GRID_VERTEX = `
varying vec2 place;
void main() {
  place = position.xy;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`;

/** Lines of one pixel, smoothed; each tenth is stronger, and fine ones vanish before they blur. */
const GRID_FRAGMENT = `
uniform vec3 color;
uniform float cell;
uniform float reach;
varying vec2 place;

float lines(vec2 at) {
  vec2 width = fwidth(at);
  vec2 away = abs(fract(at - 0.5) - 0.5) / width;
  float seen = 1.0 - smoothstep(0.15, 0.5, max(width.x, width.y));
  return (1.0 - min(min(away.x, away.y), 1.0)) * seen;
}

void main() {
  float strength = max(lines(place / cell) * 0.45, lines(place / cell / 10.0));
  float fade = 1.0 - smoothstep(0.35, 1.0, length(place) / reach);
  gl_FragColor = vec4(color, strength * fade);
  #include <colorspace_fragment>
}`;
