import { SyncError } from "../../platform/errors.ts";
import type { Settings } from "../../protocol.ts";
import { exitCodeOfSync } from "../exit_codes.ts";
import { profileOption } from "../profile.ts";
import { collect, type Root, wholeNumber } from "../root_command.ts";
import { syncText } from "../sentences.ts";
import type { RunCommand, Session } from "../session.ts";
import { count, printable, size } from "../wording.ts";

/** Objects of a demo library, when nothing is said. */
const DEMO_OBJECTS = 40;

/** Adds `sync`. */
export function addSync(program: Root, run: RunCommand): void {
  program.command("sync")
    .description("fetch all that is new, changed or missing")
    .option("--headless", "without a window, as always in this version")
    .option("--provider <id>", "only this provider; can be given more than once", collect)
    .option("--dry-run", "say what would be fetched, change nothing")
    .option("--full", "ask for the files of every wanted model, changed or not")
    .option("--accept-removals", "go on when more than half of the library is gone")
    .option("--concurrency <n>", "transfers at once", wholeNumber(1, 16))
    .option("--demo", "a made-up library of a simulated site, without any account")
    .option("--demo-objects <n>", "models of the demo", wholeNumber(10, 100_000), DEMO_OBJECTS)
    .option("--demo-seed <n>", "another number, another library", wholeNumber(0, 2 ** 31 - 1), 1)
    .action(async (options, command) => {
      const { demo, demoObjects, demoSeed, concurrency, dryRun = false } = options;
      const site = demo ? { objects: demoObjects, seed: demoSeed } : null;
      const common = command.optsWithGlobals();
      const choosesRoot = dryRun ? "once" : "kept";
      await run(common, { sites: true, choosesRoot, demo: site }, async (session) => {
        requireSignIn(session, options.provider);
        tellStart(session, options.provider);
        return await withConcurrency(session, concurrency, () =>
          sync(session, {
            ...options.provider ? { providers: options.provider } : {},
            dryRun,
            full: options.full ?? false,
            acceptRemovals: options.acceptRemovals ?? false,
          }));
      });
    });
}

type SyncOptions = Parameters<Session["engine"]["sync"]>[0];

async function sync(session: Session, params: SyncOptions): Promise<number> {
  const { engine, reporter, signal } = session;
  const summary = await stoppable(session, () => engine.sync(params, signal));
  const names = new Map(engine.plugins().map(({ id, name }) => [id, printable(name)]));
  const held = engine.status().paused && summary.waiting > 0
    ? "\nThe queue is held: `queue resume` lets it go on"
    : "";
  const text = syncText(summary, (id) => names.get(id) ?? id) + held;
  if (session.demo && !summary.dryRun) {
    const { root } = engine.settings();
    reporter.say("demo", { root, profile: session.profile.dir }, "");
    reporter.say("summary", summary, `${text}\n${demoText(session, root)}`);
  } else {
    reporter.say("summary", summary, text);
  }
  return exitCodeOfSync(summary);
}

/** Does work that a signal stops; tells what is saved when one did. */
export async function stoppable<T>(session: Session, work: () => Promise<T>): Promise<T> {
  const { signal } = session;
  try {
    const result = await work();
    if (!signal.aborted) return result;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  tellSaved(session);
  throw new SyncError("cancelled", "Stopped");
}

function tellSaved({ engine, reporter }: Session): void {
  const { library: { filesHere, bytesHere }, queue } = engine.status();
  const waiting = queue.queued + queue.running;
  reporter.say(
    "stopped",
    { files: filesHere, bytes: bytesHere, waiting },
    `Stopped. ${count(filesHere, "file")} (${size(bytesHere)}) are here and saved, ` +
      `${waiting} wait. The same command goes on from there.`,
  );
}

/** Where the files of a demo are and how to look at them. */
function demoText({ profile, world, ownFolder }: Session, root: string): string {
  const where = profileOption(profile, world);
  const written = profile.portableRoot === null ? `it and in ${profile.dir}` : "that folder";
  return [
    `The made-up library is in ${root}`,
    `  look:   ${world.programName} list ${where}`,
    `  verify: ${world.programName} verify ${where}`,
    ownFolder
      ? "  remove: delete the folder; nothing else was written"
      : `  remove: all that was written is in ${written}`,
  ].join("\n");
}

/** The first word within the first second: a site may take its time to answer. */
function tellStart({ engine, reporter }: Session, wanted: readonly string[] | undefined): void {
  const names = engine.status().providers
    .filter(({ id, enabled, account }) => wanted?.includes(id) ?? (enabled && account !== null))
    .map(({ name }) => printable(name));
  if (names.length > 0) reporter.note(`Reading the list of ${names.join(" and ")} …`);
}

function requireSignIn({ engine, world }: Session, wanted: readonly string[] | undefined): void {
  if (wanted) return;
  const enabled = engine.status().providers.filter((provider) => provider.enabled);
  if (enabled.some(({ account }) => account !== null)) return;
  const [first] = enabled;
  if (!first) {
    throw new SyncError(
      "badInput",
      `No provider is enabled: see \`${world.programName} plugins list\``,
    );
  }
  throw new SyncError(
    "needsAuth",
    `You are not signed in to ${first.name}: run \`${world.programName} login ${first.id}\`, ` +
      `or try \`${world.programName} sync --demo\` first`,
  );
}

/** For this run only. */
async function withConcurrency(
  { engine }: Session,
  concurrency: number | undefined,
  work: () => Promise<number>,
): Promise<number> {
  const before: Settings = engine.settings();
  if (concurrency === undefined || concurrency === before.concurrency) return await work();
  engine.changeSettings({ concurrency });
  try {
    return await work();
  } finally {
    engine.changeSettings({ concurrency: before.concurrency });
  }
}
