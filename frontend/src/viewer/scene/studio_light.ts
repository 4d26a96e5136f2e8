import { DirectionalLight, Group, HemisphereLight, type PerspectiveCamera } from "three";

/** Shadow map size in pixels; the blur hides that it is small. */
const SHADOW_PIXELS = 1024;

/** Soft light from all around, a key light that throws the shadow, and a fill and a rim that go with the eye. */
export function createStudioLight(radius: number, camera: PerspectiveCamera) {
  const sky = new HemisphereLight(0xffffff, 0x9c9184, 1.25);
  sky.position.set(0, 0, 1);

  const key = new DirectionalLight(0xfff8ee, 2.3);
  key.position.set(-0.6, -0.6, 1.7).multiplyScalar(radius * 2);
  key.castShadow = true;
  key.shadow.mapSize.set(SHADOW_PIXELS, SHADOW_PIXELS);
  key.shadow.radius = 9;
  key.shadow.blurSamples = 20;
  key.shadow.normalBias = radius * 0.012;
  const reach = radius * 1.6;
  Object.assign(key.shadow.camera, { left: -reach, right: reach, top: reach, bottom: -reach });
  Object.assign(key.shadow.camera, { near: radius * 0.5, far: radius * 7 });

  const fill = new DirectionalLight(0xf2f6ff, 0.55);
  fill.position.set(0.8, 0.3, 0);
  const rim = new DirectionalLight(0xffffff, 0.9);
  rim.position.set(-0.3, 0.9, -2.2);
  for (const light of [fill, rim]) {
    // A light shines at its target, which has to move along.
    light.target.position.set(0, 0, -1);
    camera.add(light, light.target);
  }

  const object = new Group();
  object.add(sky, key, key.target);
  return {
    object,
    /** @param height of the model's middle above the plate, in mm */
    aimAt(height: number) {
      key.target.position.z = height;
      key.position.z += height;
    },
    dispose() {
      key.dispose();
      fill.dispose();
      rim.dispose();
    },
  };
}
