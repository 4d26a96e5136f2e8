import fc from "fast-check";
import { test } from "vitest";
import { seededRandom } from "../../extensions/sync-engine/platform/testing/seeded_random.ts";
import { LibraryModel } from "./library_model.ts";
import { RealLibrary } from "./real_library.ts";

const RUNS = Number(Deno.env.get("MMFSYNC_MODEL_RUNS") ?? 15);

/** A story to be told again, as the failure names it. */
const SEED = Deno.env.get("MMFSYNC_MODEL_SEED");
const PATH = Deno.env.get("MMFSYNC_MODEL_PATH");
const REPLAY = Deno.env.get("MMFSYNC_MODEL_REPLAY");

/** Most operations of the disk before something comes in between: more than most syncs have. */
const LATEST = 80;

const MOST_MODELS = 4;

type Command = fc.AsyncCommand<LibraryModel, RealLibrary>;
type Change = (model: LibraryModel, real: RealLibrary, name: string) => unknown;

/** The name of one of the files that there are, whatever number is given. */
function pickOf(model: LibraryModel, which: number): string {
  const names = [...model.files.keys()];
  return names[which % names.length] ?? "";
}

function judge(model: LibraryModel, real: RealLibrary, isSynced = false): void {
  const { here, kept } = real.look();
  const fault = model.faultOf(here, kept, isSynced);
  if (fault) throw new Error(`${fault}: ${JSON.stringify({ here: [...here], kept })}`);
}

/** What is done to one file, between two syncs or while one works. */
const CHANGES: Readonly<Record<string, Change>> = {
  pause(model, real) {
    model.held = true;
    return Promise.resolve(real.queue.pause({}));
  },
  cancel: (_, real, name) => real.queue.cancel({ fileIds: [real.idOf(name)] }),
  remove(model, real, name) {
    if (!real.knows(name)) return;
    model.remove(name);
    return real.actions.remove({ assetId: assetOf(real, name), fileIds: [real.idOf(name)] });
  },
  restore(model, real, name) {
    if (!real.knows(name)) return;
    model.restore(name);
    return real.actions.restore({ assetId: assetOf(real, name), fileIds: [real.idOf(name)] });
  },
};

function assetOf(real: RealLibrary, name: string): string {
  return real.idOf(name).split("/")[0] ?? "";
}

function command(
  text: string,
  run: (model: LibraryModel, real: RealLibrary) => Promise<void>,
  check: (model: Readonly<LibraryModel>) => boolean = () => true,
): Command {
  return { check, run, toString: () => text };
}

const hasFiles = ({ files }: Readonly<LibraryModel>) => files.size > 0;
const which = fc.nat(2 * MOST_MODELS - 1);
const when = fc.integer({ min: 1, max: LATEST });
const change = fc.constantFrom(...Object.keys(CHANGES));

const add = fc.constant(command("add", async (model, real) => {
  for (const name of real.remote.add()) model.add(name, `${name}@1`);
  await Promise.resolve();
}, ({ files }) => files.size < 2 * MOST_MODELS));

const remoteChange = which.map((n) =>
  command(`remote change ${n}`, async (model, real) => {
    const name = pickOf(model, n);
    model.change(name, real.remote.change(name));
    await Promise.resolve();
  }, hasFiles)
);

const network = fc.constantFrom(true, true, false).map((online) =>
  command(`network ${online ? "on" : "off"}`, async (model, real) => {
    model.online = real.remote.online = online;
    await Promise.resolve();
  })
);

const resume = fc.constant(command("resume", async (model, real) => {
  model.held = false;
  real.queue.resume({});
  await Promise.resolve();
}));

const between = fc.tuple(change, which).map(([what, n]) =>
  command(`${what} ${n}`, async (model, real) => {
    await CHANGES[what]?.(model, real, pickOf(model, n));
    judge(model, real);
  }, hasFiles)
);

const sync = fc.constant(command("sync", async (model, real) => {
  await real.sync();
  judge(model, real, model.online && !model.held);
}));

const during = fc.tuple(change, which, when).map(([what, n, at]) =>
  command(`sync, ${what} ${n} at ${at}`, async (model, real) => {
    const name = pickOf(model, n);
    await real.sync({ at, act: async () => void await CHANGES[what]?.(model, real, name) });
    judge(model, real);
  }, hasFiles)
);

const crash = when.map((at) =>
  command(`crash at ${at}`, async (model, real) => {
    await real.crash(at);
    judge(model, real);
  })
);

const stories = fc.commands([add, remoteChange, network, resume, between, sync, during, crash], {
  maxCommands: 20,
  ...(REPLAY === undefined ? {} : { replayPath: REPLAY }),
});

test(
  `whatever is done to a library, nothing is lost and all comes in the end (${RUNS} stories)`,
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), stories, async (chance, commands) => {
        const model = new LibraryModel();
        using real = new RealLibrary(seededRandom(chance));
        await fc.asyncModelRun(() => ({ model, real }), commands);
        model.online = real.remote.online = true;
        model.held = false;
        real.queue.resume({});
        await real.sync();
        judge(model, real, true);
      }),
      {
        numRuns: RUNS,
        ...(SEED === undefined ? {} : { seed: Number(SEED) }),
        ...(PATH === undefined ? {} : { path: PATH }),
      },
    );
  },
  60_000 + RUNS * 10_000,
);
