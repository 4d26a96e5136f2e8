import { expect, test } from "vitest";
import { seededRandom } from "../../extensions/sync-engine/platform/testing/seeded_random.ts";
import { expectComplete, expectNoFalseName, hashes } from "./expect_scene.ts";
import { CUTS, dieAt } from "./power_cut.ts";
import { type SceneName, SCENES } from "./scenes.ts";
import { EVERY_POINT, say, SEED } from "./thorough.ts";

/** Least operations of the disk that a scene has; a scene that does less proves less than it says. */
const LEAST: Readonly<Record<SceneName, number>> = {
  "new and replaced": 40,
  "several connections": 40,
  "repaired": 30,
  "adopted": 40,
};

/** Every so many operations are tried, where not all are. */
const STRIDES: Readonly<Record<SceneName, number>> = {
  "new and replaced": 2,
  "several connections": 17,
  "repaired": 4,
  "adopted": 4,
};

const points = Object.entries(SCENES).flatMap(([scene, make]) =>
  Object.entries(CUTS).map(([how, cut]) => ({ scene: scene as SceneName, make, how, cut }))
);

test.each(points)("$scene: one start makes good when $how at any operation", async (point) => {
  const { scene: name, make, how, cut } = point;
  const random = seededRandom(SEED);
  const stride = EVERY_POINT ? 1 : STRIDES[name];
  let tried = 0;
  let wasOver = 0;
  let n = 1 + SEED % stride;
  for (;; n += stride) {
    using scene = await make();
    const when = `after operation ${n} (MMFSYNC_CRASH_SEED=${SEED})`;
    using found = await dieAt(n, scene, cut, random);
    if (found === null) {
      await expectComplete(scene, { ...scene.world, when: "at the end" });
      break;
    }
    tried++;
    const { store, fs } = found;
    expectNoFalseName(scene, { store, fs, when });
    const http = scene.world.site;
    const asked = http.requests.length;
    await scene.act({ store, fs, http });
    await expectComplete(scene, { store, fs, when });
    if (http.requests.length === asked) wasOver++;
    // Once more changes nothing and asks for nothing.
    const [disk, askedThen] = [hashes(fs), http.requests.length];
    await scene.act({ store, fs, http });
    expect(hashes(fs), when).toEqual(disk);
    expect(http.requests.length, when).toBe(askedThen);
  }
  expect(n).toBeGreaterThan(LEAST[name]);
  say(`${name}, ${how}: ${tried} of ${n - 1} operations; ${wasOver} needed no further request`);
}, 600_000);
