import type { Random } from "../random.ts";

/**
 * Looks at a model from obliquely above. Across and up are in pixels of the picture, depth in millimetres towards
 * the eye.
 */
export interface Camera {
  project(x: number, y: number, z: number, out: Float64Array): void;
  /** The point of the floor (z = 0) that is seen at a pixel. */
  floorAt(across: number, down: number): readonly [x: number, y: number];
  /** The direction `(across, up, towards the eye)` of a direction of the model. */
  turn(x: number, y: number, z: number, out: Float64Array): void;
}

/** Part of the picture that the model fills. */
const FILL = 0.74;

/** Chooses a view of these corners, and frames them. */
export function frame(
  corners: Float32Array,
  width: number,
  height: number,
  random: Random,
): Camera {
  const turnBy = random.between(0, Math.PI * 2);
  const tilt = random.between(0.3, 0.62);
  const cosTurn = Math.cos(turnBy);
  const sinTurn = Math.sin(turnBy);
  const cosTilt = Math.cos(tilt);
  const sinTilt = Math.sin(tilt);
  const look = (x: number, y: number, z: number, out: Float64Array) => {
    const away = x * sinTurn + y * cosTurn;
    out[0] = x * cosTurn - y * sinTurn;
    out[1] = z * cosTilt + away * sinTilt;
    out[2] = z * sinTilt - away * cosTilt;
  };
  const { left, right, bottom, top } = extent(corners, look);
  const scale = FILL * Math.min(width / (right - left), height / (top - bottom));
  const middle = (left + right) / 2;
  // A little above the middle, for the shadow.
  const level = (bottom + top) / 2 - 0.02 * height / scale;
  return {
    project(x, y, z, out) {
      look(x, y, z, out);
      out[0] = width / 2 + ((out[0] ?? 0) - middle) * scale;
      out[1] = height / 2 - ((out[1] ?? 0) - level) * scale;
    },
    floorAt(across, down) {
      const a = (across - width / 2) / scale + middle;
      const away = ((height / 2 - down) / scale + level) / sinTilt;
      return [a * cosTurn + away * sinTurn, away * cosTurn - a * sinTurn];
    },
    turn: look,
  };
}

function extent(
  corners: Float32Array,
  look: (x: number, y: number, z: number, out: Float64Array) => void,
) {
  const seen = new Float64Array(3);
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < corners.length; i += 3) {
    look(corners[i] ?? 0, corners[i + 1] ?? 0, corners[i + 2] ?? 0, seen);
    const [across = 0, up = 0] = seen;
    left = Math.min(left, across);
    right = Math.max(right, across);
    bottom = Math.min(bottom, up);
    top = Math.max(top, up);
  }
  return { left, right, bottom, top };
}
