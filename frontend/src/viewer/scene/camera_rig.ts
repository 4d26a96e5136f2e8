import { PerspectiveCamera, Spherical, Vector3 } from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";

/** Where a model is seen from at first: from the front, a little from the right and above. */
const HOME_DIRECTION = new Vector3(0.45, -1, 0.55).normalize();

/** Room left around the model. */
const MARGIN = 1.16;

/** What one press of an arrow key turns, in radians. */
const KEY_TURN = Math.PI / 24;
const KEY_ZOOM = 1.15;

/** How long the model turns on after a push. It slows down by frames, which can take seconds without a graphics card. */
const GLIDE_MS = 400;

/** The camera and all that moves it. */
export interface CameraRig {
  readonly camera: PerspectiveCamera;
  /** Takes the next step of a glide after a push, and tells `onChange` when there is one. */
  update(): void;
  resize(width: number, height: number): void;
  reset(): void;
  dispose(): void;
}

/** What the camera looks at. */
export interface Subject {
  /** Width, depth and height in mm; it stands on the plate's middle. */
  readonly sides: readonly [number, number, number];
  /** Half its diagonal, in mm. */
  readonly radius: number;
}

/** Orbits by pointer, touch and keyboard, with z up. */
export function createCameraRig(
  canvas: HTMLCanvasElement,
  { sides, radius }: Subject,
  onChange: () => void,
): CameraRig {
  const middle = new Vector3(0, 0, sides[2] / 2);
  const camera = new PerspectiveCamera(32, 1, radius * 0.02, radius * 40);
  camera.up.set(0, 0, 1);
  const controls = new OrbitControls(camera, canvas);
  const glides = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  controls.dampingFactor = 0.2;
  controls.cursorStyle = "grab";
  controls.minDistance = radius * 0.2;
  controls.maxDistance = radius * 16;
  controls.addEventListener("change", onChange);
  let glideEnd = 0;
  /** Until the user moves it, the camera keeps the whole model in view whatever the size. */
  let isHome = true;
  controls.addEventListener("start", () => {
    isHome = false;
    glideEnd = Infinity;
  });
  controls.addEventListener("end", () => {
    glideEnd = performance.now() + GLIDE_MS;
  });

  function reset(): void {
    isHome = true;
    const distance = fittingDistance(camera, sides) * MARGIN;
    controls.target.copy(middle);
    camera.position.copy(HOME_DIRECTION).multiplyScalar(distance).add(middle);
    controls.enableDamping = false;
    controls.update();
    onChange();
  }

  function move(sideways: number, upwards: number, zoom: number): void {
    isHome = false;
    const offset = camera.position.clone().sub(controls.target);
    // Spherical takes y for up.
    const place = new Spherical().setFromCartesianCoords(offset.x, offset.z, -offset.y);
    place.theta += sideways;
    place.phi = Math.min(Math.PI - 0.01, Math.max(0.01, place.phi - upwards));
    place.radius /= zoom;
    const { x, y, z } = new Vector3().setFromSpherical(place);
    camera.position.set(x, -z, y).add(controls.target);
    controls.update();
    onChange();
  }

  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = KEYS[event.key];
    if (action === undefined) return;
    event.preventDefault();
    if (action === "reset") reset();
    else move(...action);
  };
  canvas.addEventListener("keydown", onKey);
  reset();

  return {
    camera,
    update() {
      controls.enableDamping = glides && performance.now() < glideEnd;
      controls.update();
    },
    resize(width, height) {
      camera.aspect = width / height;
      camera.updateProjectionMatrix();
      if (isHome) reset();
    },
    reset,
    dispose() {
      canvas.removeEventListener("keydown", onKey);
      controls.dispose();
    },
  };
}

const KEYS: Readonly<Record<string, "reset" | [sideways: number, upwards: number, zoom: number]>> =
  {
    ArrowLeft: [-KEY_TURN, 0, 1],
    ArrowRight: [KEY_TURN, 0, 1],
    ArrowUp: [0, KEY_TURN, 1],
    ArrowDown: [0, -KEY_TURN, 1],
    "+": [0, 0, KEY_ZOOM],
    "=": [0, 0, KEY_ZOOM],
    "-": [0, 0, 1 / KEY_ZOOM],
    "0": "reset",
    Home: "reset",
  };

/** How far from the middle of a box the camera must be, at home, to see all of its corners. */
function fittingDistance(
  camera: PerspectiveCamera,
  [x, y, z]: readonly [number, number, number],
): number {
  const upTangent = Math.tan(camera.fov * Math.PI / 360);
  const sideTangent = upTangent * camera.aspect;
  const right = new Vector3().crossVectors(camera.up, HOME_DIRECTION).normalize();
  const up = new Vector3().crossVectors(HOME_DIRECTION, right);
  const distances = [-1, 1].flatMap((a) =>
    [-1, 1].flatMap((b) =>
      [-1, 1].map((c) => {
        const corner = new Vector3(a * x / 2, b * y / 2, c * z / 2);
        const spread = Math.max(
          Math.abs(corner.dot(right)) / sideTangent,
          Math.abs(corner.dot(up)) / upTangent,
        );
        return spread + corner.dot(HOME_DIRECTION);
      })
    )
  );
  return Math.max(...distances);
}
