import { dirname, join, relative } from "node:path";
import type { Engine } from "../../extensions/sync-engine/engine.ts";
import { classifyThrown } from "../../extensions/sync-engine/platform/classify.ts";
import type { SyncSummary } from "../../extensions/sync-engine/protocol.ts";
import type { TestProfile } from "../support/profile.ts";
import { readLedger } from "./ledger.ts";
import type { AppStep } from "./scenario.ts";

/** Asks the app for something; tells what it answered, or why it refused. */
export async function askApp(
  step: Exclude<AppStep, { app: "crash" }>,
  profile: TestProfile,
): Promise<string[]> {
  try {
    return [...await ask(step, profile), ...failures(profile)];
  } catch (error) {
    const { kind, message } = classifyThrown(error);
    return [`refused: ${kind}: ${message.replaceAll(dirname(profile.root), "~")}`];
  }
}

async function ask(
  step: Exclude<AppStep, { app: "crash" }>,
  profile: TestProfile,
): Promise<string[]> {
  const { engine, root } = profile;
  const id = "object" in step ? `mmf:object-${step.object}` : "";
  switch (step.app) {
    case "sync": {
      const { app: _, ...params } = step;
      return tellSync(await engine.sync(params));
    }
    case "verify": {
      const { repair, bytes: _b, took: _t, ...counts } = await engine.verify({
        repair: step.repair ?? false,
      });
      const fetched = repair ? [`repaired: ${count({ ...repair, reusedBytes: 0 })}`] : [];
      return [`found: ${count(counts)}`, ...fetched];
    }
    case "list":
      return readLedger(engine);
    case "restart":
      await profile.reopen();
      return [];
    case "want":
    case "unwant":
      await engine.library.setWanted({ which: [id], wanted: step.app === "want" });
      return [];
    case "remove": {
      const fileIds = filesCalled(engine, id, step.name);
      return [count(omitBytes(await engine.files.remove({ assetId: id, fileIds })))];
    }
    case "restore":
      return [count(await engine.files.restore({ assetId: id }))];
    case "refetch":
      return [count(await engine.files.refetch({ assetId: id }))];
    case "unpack": {
      const { folders } = await engine.unpacking.unpack({ assetId: id });
      return folders.map(({ archive, folder, wasHere, files, skipped }) =>
        `${archive} to ${relative(root, folder).replaceAll("\\", "/")}: ${files} files, ` +
        `${skipped.length} left out${wasHere ? ", was here" : ""}`
      );
    }
    case "adopt": {
      const { app: _, folder, ...how } = step;
      const { by, dryRun: _d, bytes: _b, took: _t, ...counts } = await engine.adoption.run({
        ...how,
        folder: join(dirname(root), folder),
      });
      return [count(counts), ...(counts.adopted > 0 ? [`by ${count(by)}`] : [])];
    }
  }
}

function tellSync({ fetched, failed, waiting, missing, scans, problems }: SyncSummary): string[] {
  const files = count({ fetched, failed, waiting, missing });
  return [
    ...(files === "nothing" ? [] : [files]),
    ...scans.map((
      { seen, kept, merged, quarantined, added, updated, unchanged, removed, incomplete },
    ) =>
      `listed ${seen} = ${kept} kept + ${merged} merged + ${quarantined} set aside: ` +
      count({ added, updated, unchanged, removed }) +
      (incomplete === null ? "" : `; not believed: ${incomplete}`)
    ),
    ...problems.map(({ error }) => `problem: ${error.code}: ${error.message}`),
  ];
}

/** What files failed with, once each. */
function failures({ heard }: TestProfile): string[] {
  const told = heard.flatMap(({ event, data }) =>
    event === "fileFailed" ? [`failed: ${data.fileId}: ${data.error.code}`] : []
  );
  return [...new Set(told)].sort();
}

function filesCalled(engine: Engine, assetId: string, name: string | undefined): string[] {
  return engine.library.asset({ id: assetId }).fileRows
    .filter((file) => name === undefined || file.name === name).map(({ id }) => id);
}

function omitBytes<T extends { readonly bytes: number }>({ bytes: _, ...rest }: T) {
  return rest;
}

/** "fetched 3, failed 1", without what is 0. */
function count(counts: Readonly<Record<string, unknown>>): string {
  const some = Object.entries(counts).filter(([, value]) => typeof value === "number" && value > 0);
  return some.map(([name, value]) => `${name} ${value}`).join(", ") || "nothing";
}
