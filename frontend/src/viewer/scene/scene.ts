/**
 * Draws a model with three. Imported only when there is a model to show, so that three stays out of
 * what the application loads at its start.
 *
 * @module
 */
import { Scene, VSMShadowMap, WebGLRenderer } from "three";
import type { DisplayMesh } from "../display_mesh.ts";
import { sidesOf } from "../format.ts";
import { createBuildPlate } from "./build_plate.ts";
import { createCameraRig } from "./camera_rig.ts";
import { createModelObject } from "./model_object.ts";
import { readPalette, watchTheme } from "./palette.ts";
import { createStudioLight } from "./studio_light.ts";

/** A model on a canvas. */
export interface ModelScene {
  /** Shows the whole model again, as at first. */
  reset(): void;
  setWireframe(on: boolean): void;
  /** Takes the colours over from the style again. */
  refreshPalette(): void;
  dispose(): void;
}

/** Finer pixels than these nobody sees, but each costs. */
const MOST_PIXEL_RATIO = 2;

/**
 * Shows a model on a canvas, which fills its parent's room. Draws when something changed, never otherwise.
 *
 * @param onContext told when the graphics card takes its context away (`false`) and gives it back
 * @returns null where there is no WebGL
 */
export function createModelScene(
  canvas: HTMLCanvasElement,
  model: DisplayMesh,
  onContext: (isThere: boolean) => void,
): ModelScene | null {
  const context = canvas.getContext("webgl2", { antialias: true, alpha: true });
  if (context === null) return null;
  const renderer = new WebGLRenderer({ canvas, context });
  renderer.setClearAlpha(0);
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = VSMShadowMap;
  // Neither model nor light moves: one shadow is enough.
  renderer.shadowMap.autoUpdate = false;
  renderer.shadowMap.needsUpdate = true;

  let frame = 0;
  function invalidate(): void {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }

  const sides = sidesOf(model.bounds);
  // A model without any extent would put the camera inside of it.
  const radius = Math.max(Math.hypot(...sides) / 2, 1e-6);
  const rig = createCameraRig(canvas, { sides, radius }, invalidate);
  const shape = createModelObject(model);
  const plate = createBuildPlate(Math.max(Math.hypot(sides[0], sides[1]) / 2, radius * 0.4));
  const light = createStudioLight(radius, rig.camera);
  light.aimAt(sides[2] / 2);
  const scene = new Scene();
  scene.add(shape.object, plate.object, light.object, rig.camera);

  function draw(): void {
    frame = 0;
    // Asks for another frame by itself while the camera glides.
    rig.update();
    renderer.render(scene, rig.camera);
  }

  function refreshPalette(): void {
    const palette = readPalette(canvas);
    shape.setPalette(palette);
    plate.setPalette(palette);
    invalidate();
  }

  function resize(): void {
    const { clientWidth, clientHeight } = canvas;
    if (clientWidth === 0 || clientHeight === 0) return;
    renderer.setPixelRatio(Math.min(devicePixelRatio, MOST_PIXEL_RATIO));
    renderer.setSize(clientWidth, clientHeight, false);
    rig.resize(clientWidth, clientHeight);
    // At once: setting the size cleared the canvas.
    draw();
  }

  const onLost = (event: Event) => {
    event.preventDefault();
    onContext(false);
  };
  const onRestored = () => {
    renderer.shadowMap.needsUpdate = true;
    onContext(true);
    invalidate();
  };
  canvas.addEventListener("webglcontextlost", onLost);
  canvas.addEventListener("webglcontextrestored", onRestored);
  const unwatchTheme = watchTheme(refreshPalette);
  const observer = new ResizeObserver(resize);
  refreshPalette();
  observer.observe(canvas);

  return {
    reset: rig.reset,
    setWireframe(on) {
      shape.setWireframe(on);
      invalidate();
    },
    refreshPalette,
    dispose() {
      cancelAnimationFrame(frame);
      observer.disconnect();
      unwatchTheme();
      canvas.removeEventListener("webglcontextlost", onLost);
      canvas.removeEventListener("webglcontextrestored", onRestored);
      rig.dispose();
      shape.dispose();
      plate.dispose();
      light.dispose();
      renderer.dispose();
      // Browsers allow some sixteen contexts; do not wait for the garbage collector.
      renderer.forceContextLoss();
    },
  };
}
