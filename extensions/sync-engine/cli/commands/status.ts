import { EXIT } from "../exit_codes.ts";
import type { Root } from "../root_command.ts";
import type { EngineDoor } from "../opened_engine.ts";
import { pauseText } from "../pause_text.ts";
import type { RunCommand, Session } from "../session.ts";
import { count, printable, size, time } from "../wording.ts";

type Status = ReturnType<EngineDoor["status"]>;

/** Adds `status`. */
export function addStatus(program: Root, run: RunCommand): void {
  program.command("status")
    .description("the library, the queue and the sign-ins at a glance")
    .action(async (_options, command) => {
      await run(
        command.optsWithGlobals(),
        { reads: true },
        (session) => Promise.resolve(status(session)),
      );
    });
}

function status({ engine, reporter, world, profile }: Session): number {
  const state = engine.status();
  reporter.say(
    "status",
    { profile: profile.dir, ...state },
    statusText(state, world.clock.now(), world.programName),
  );
  return EXIT.ok;
}

/** The status in words. */
export function statusText(state: Status, now: number, programName: string): string {
  const { root, library, providers } = state;
  return [
    `Folder:  ${root}`,
    `Library: ${count(library.assets, "model")}, ${library.wanted.toLocaleString("en-US")} wanted`,
    `Here:    ${library.filesHere.toLocaleString("en-US")} of ${count(library.files, "file")} ` +
    `(${size(library.bytesHere)} of ${size(library.bytes)})`,
    `Queue:   ${queueText(state, programName)}`,
    ...providers.map((provider) => `${provider.name}: ${providerText(provider, now, programName)}`),
  ].join("\n");
}

function queueText({ queue, paused }: Status, programName: string): string {
  const { queued, running, failed } = queue;
  const parts = [
    `${queued + running} waiting`,
    ...queue.paused > 0 ? [`${queue.paused} paused`] : [],
    `${failed} failed`,
    ...paused ? [`held (\`${programName} queue resume\` lets it go on)`] : [],
  ];
  return parts.join(", ");
}

function providerText(
  { id, enabled, account, lastScan, pause }: Status["providers"][number],
  now: number,
  programName: string,
): string {
  if (!enabled) return "disabled";
  if (account === null) {
    return lastScan === null
      ? `signed out (\`${programName} login ${id}\`)`
      : `list of ${time(lastScan, now)}; sign in to download (\`${programName} login ${id}\`)`;
  }
  const scanned = lastScan === null ? "never read" : `last read ${time(lastScan, now)}`;
  const signedIn = `signed in as ${printable(account)}, ${scanned}`;
  return pause ? `${signedIn}\n  ${pauseText(pause, now, programName)}` : signedIn;
}
