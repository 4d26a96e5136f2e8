import { Argument, InvalidArgumentError } from "@commander-js/extra-typings";
import { SyncError } from "../../platform/errors.ts";
import { EXIT } from "../exit_codes.ts";
import type { Root } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";
import {
  parseSetting,
  SETTING_KEYS,
  type SettingKey,
  settingKey,
  settingRules,
  settingText,
} from "../setting_text.ts";

/** A setting by its name. */
function setting(text: string): SettingKey {
  const key = settingKey(text);
  if (key) return key;
  throw new InvalidArgumentError(`Allowed choices are ${SETTING_KEYS.join(", ")}.`);
}

/** Adds `settings get|set`. */
export function addSettings(program: Root, run: RunCommand): void {
  const settings = program.command("settings").description("what is remembered for all syncs");
  settings.command("get")
    .description("show one setting or all")
    .addArgument(
      new Argument("[key]", "which, as `settings set --help` lists them").argParser(setting),
    )
    .action(async (key, _options, command) => {
      await run(command.optsWithGlobals(), { reads: true }, ({ engine, reporter }) => {
        const all = engine.settings();
        const keys = key === undefined ? SETTING_KEYS : [key];
        reporter.say(
          "settings",
          Object.fromEntries(keys.map((one) => [one, all[one]])),
          key === undefined
            ? keys.map((one) => `${one} = ${settingText(one, all)}`).join("\n")
            : settingText(key, all),
        );
        return Promise.resolve(EXIT.ok);
      });
    });
  settings.command("set")
    .description("change a setting")
    .addArgument(new Argument("<key>", "which").argParser(setting))
    .argument("<value>")
    .option("--move", "with root: take the library along; else what is there is used")
    .addHelpText("after", `\nKeys:\n${settingRules()}`)
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
        reporter.say("settings", all, `${key} = ${settingText(key, all)}`);
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
