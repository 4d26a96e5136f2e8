import { expect, test } from "vitest";
import { expectComplete, expectNoFalseName } from "./expect_scene.ts";
import {
  breakDisk,
  breakNetwork,
  DISK_FAULTS,
  FaultPoint,
  type Lasting,
  NETWORK_FAULTS,
} from "./fault_points.ts";
import { type Scene, type SceneName, SCENES, type Start } from "./scenes.ts";
import { EVERY_POINT, say, SEED } from "./thorough.ts";

const LASTING: readonly Lasting[] = ["once", "from then on"];

/** Every so many operations are tried, where not all are; no multiple of the number of faults. */
const STRIDES: Readonly<Record<SceneName, number>> = {
  "new and replaced": 2,
  "several connections": 11,
  "repaired": 3,
  "adopted": 2,
};

/** Takes the place of whatever one fault breaks, and says by what. */
type Break<Fault> = (scene: Scene, point: FaultPoint, fault: Fault) => Partial<Start>;

const cases = Object.keys(SCENES).flatMap((scene) =>
  LASTING.map((lasting) => ({ scene: scene as SceneName, lasting }))
);

/**
 * Lets operation 1, 2, 3 … of a scene fail until none does any more. Where not all is tried, each operation meets one of the
 * faults, in turns.
 */
async function tryAll<Fault extends string>(
  { scene: name, lasting }: { readonly scene: SceneName; readonly lasting: Lasting },
  faults: readonly Fault[],
  breakIt: Break<Fault>,
): Promise<number> {
  const stride = EVERY_POINT ? 1 : STRIDES[name];
  const ends = { "complete at once": 0, "complete after it had passed": 0 };
  let operations = 0;
  const lanes = EVERY_POINT ? faults.map((_, lane) => lane) : [SEED];
  for (const lane of lanes) {
    for (let n = 1 + SEED % stride;; n += stride) {
      const fault = faults[(EVERY_POINT ? lane : lane + Math.floor(n / stride)) % faults.length];
      if (!fault) throw new Error("There is no fault to try");
      using scene = await SCENES[name]();
      const { store, fs, site: http } = scene.world;
      const point = new FaultPoint(n, lasting);
      const start = { store, fs, http, ...breakIt(scene, point, fault) };
      await scene.act(start).catch(() => {});
      fs.onOperation = undefined;
      const when = `${fault} at operation ${n} ${lasting}`;
      expectNoFalseName(scene, { store, fs, when });
      if (point.hits === 0) {
        await expectComplete(scene, { store, fs, when: "at the end" });
        operations = Math.max(operations, n - 1);
        break;
      }
      const { queued, failed, paused } = store.jobs.counts();
      ends[queued + failed + paused === 0 ? "complete at once" : "complete after it had passed"]++;
      await scene.act({ store, fs, http });
      await expectComplete(scene, { store, fs, when });
    }
  }
  say(`${name}, ${faults.join("/")} ${lasting}: ${operations} operations, ${JSON.stringify(ends)}`);
  return operations;
}

test.each(cases)("$scene: a disk that fails $lasting at any operation", async (point) => {
  const operations = await tryAll(point, DISK_FAULTS, ({ world }, at, fault) => {
    breakDisk(world.fs, at, fault);
    return {};
  });
  expect(operations).toBeGreaterThan(30);
}, 900_000);

test.each(cases)("$scene: a network that fails $lasting at any operation", async (point) => {
  const operations = await tryAll(
    point,
    NETWORK_FAULTS,
    ({ world }, at, fault) => ({ http: breakNetwork(world.site, at, fault) }),
  );
  // What the user has already is not asked for.
  if (point.scene !== "adopted") expect(operations).toBeGreaterThan(0);
}, 900_000);
