import { EXIT } from "../exit_codes.ts";
import type { EngineDoor } from "../opened_engine.ts";
import type { Root } from "../root_command.ts";
import type { RunCommand } from "../session.ts";
import { printable } from "../wording.ts";

type Plugin = ReturnType<EngineDoor["plugins"]>[number];

/** Adds `plugins list|enable|disable`. */
export function addPlugins(program: Root, run: RunCommand): void {
  const plugins = program.command("plugins").description("the sites that can be read");
  plugins.command("list")
    .description("all plugins and their state")
    .action(async (_options, command) => {
      await run(command.optsWithGlobals(), { reads: true }, ({ engine, reporter }) => {
        for (const plugin of engine.plugins()) {
          reporter.say("plugin", plugin, pluginText(plugin));
        }
        return Promise.resolve(EXIT.ok);
      });
    });
  for (const enabled of [true, false]) {
    plugins.command(enabled ? "enable" : "disable")
      .description(enabled ? "read this site at each sync" : "leave this site out of syncs")
      .argument("<id>")
      .action(async (id, _options, command) => {
        await run(command.optsWithGlobals(), {}, ({ engine, reporter }) => {
          const plugin = engine.setPluginEnabled(id, enabled).find((one) => one.id === id);
          if (plugin) reporter.say("plugin", plugin, pluginText(plugin));
          return Promise.resolve(EXIT.ok);
        });
      });
  }
}

function pluginText({ id, name, version, state, reason, enabled }: Plugin): string {
  const words = [state, enabled ? "enabled" : "disabled", ...reason ? [printable(reason)] : []];
  return `${id.padEnd(12)} ${printable(name)} ${printable(version)} (${words.join(", ")})`;
}
