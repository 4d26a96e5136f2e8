import { resolve } from "node:path";
import { Argument } from "@commander-js/extra-typings";
import * as v from "valibot";
import { SyncError } from "../../platform/errors.ts";
import { METHODS, type Params } from "../../protocol.ts";
import { EXIT } from "../exit_codes.ts";
import type { Root } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";

const KEYS = ["root", "concurrency", "newWanted"] as const;
type Key = (typeof KEYS)[number];

const RULES: Readonly<Record<Key, string>> = {
  root: "a folder (where the library is)",
  concurrency: "a whole number from 1 to 16 (transfers at once)",
  newWanted: "true or false (whether models that appear in the library are wanted)",
};

/** Adds `settings get|set`. */
export function addSettings(program: Root, run: RunCommand): void {
  const settings = program.command("settings").description("what is remembered for all syncs");
  settings.command("get")
    .description("show one setting or all")
    .addArgument(new Argument("[key]").choices(KEYS))
    .action(async (key, _options, command) => {
      await run(command.optsWithGlobals(), { reads: true }, ({ engine, reporter }) => {
        const all = engine.settings();
        const keys = key === undefined ? KEYS : [key];
        reporter.say(
          "settings",
          Object.fromEntries(keys.map((one) => [one, all[one]])),
          key === undefined
            ? keys.map((one) => `${one} = ${all[one]}`).join("\n")
            : String(all[key]),
        );
        return Promise.resolve(EXIT.ok);
      });
    });
  settings.command("set")
    .description("change a setting")
    .addArgument(new Argument("<key>").choices(KEYS))
    .argument("<value>")
    .option("--move", "with root: take the library along; else what is there is used")
    .addHelpText("after", `\nKeys:\n${rulesText()}`)
    .action(async (key, value, { move = false }, command) => {
      await run(command.optsWithGlobals(), {}, async (session) => {
        const { engine, reporter, world } = session;
        const changes = parseSetting(key, value, world.cwd);
        if (move && changes.root === undefined) {
          throw new SyncError("badInput", `There is nothing to move when ${key} is set`);
        }
        if (changes.root === undefined) engine.changeSettings(changes);
        else await changeRoot(session, changes.root, move ? "move" : "adopt");
        const all = engine.settings();
        reporter.say("settings", all, `${key} = ${all[key]}`);
        return EXIT.ok;
      });
    });
}

async function changeRoot(
  { engine, reporter, signal }: Session,
  path: string,
  how: "move" | "adopt",
): Promise<void> {
  if (how === "move") reporter.note("Moving the library …");
  await engine.roots.run({ path, how }, signal);
  const { bytes, bytesHere } = engine.library.summary({ filter: {} });
  if (how === "move" || bytesHere === bytes) return;
  reporter.note("What is not there is fetched by the next sync");
}

function rulesText(): string {
  return KEYS.map((key) => `  ${key.padEnd(11)}  ${RULES[key]}`).join("\n");
}

/**
 * Reads the value of a setting.
 *
 * @throws {SyncError} `badInput` with what is allowed.
 */
export function parseSetting(key: Key, text: string, cwd: string): Params<"settings.set"> {
  const parsed = v.safeParse(METHODS["settings.set"], { [key]: valueOf(key, text, cwd) });
  if (parsed.success) return parsed.output;
  throw new SyncError("badInput", `Cannot set ${key} to "${text}": give ${RULES[key]}`);
}

function valueOf(key: Key, text: string, cwd: string): unknown {
  if (key === "root") return text === "" ? "" : resolve(cwd, text);
  if (key === "concurrency") return /^\d+$/.test(text) ? Number(text) : text;
  return text === "true" ? true : text === "false" ? false : text;
}
