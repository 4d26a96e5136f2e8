import { addAccounts } from "./commands/accounts.ts";
import { addAdopt } from "./commands/adopt.ts";
import { addDesktop } from "./commands/desktop.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addExport } from "./commands/export.ts";
import { addFiles } from "./commands/files.ts";
import { addHandover } from "./commands/handover.ts";
import { addHistory } from "./commands/history.ts";
import { addImport } from "./commands/import.ts";
import { addList } from "./commands/list.ts";
import { addLog } from "./commands/log.ts";
import { addLogin } from "./commands/login.ts";
import { addPlugins } from "./commands/plugins.ts";
import { addQueue } from "./commands/queue.ts";
import { addRebuild } from "./commands/rebuild.ts";
import { addServe } from "./commands/serve.ts";
import { addSettings } from "./commands/settings.ts";
import { addShow } from "./commands/show.ts";
import { addStatus } from "./commands/status.ts";
import { addSync } from "./commands/sync.ts";
import { addVerify } from "./commands/verify.ts";
import { addVersions } from "./commands/versions.ts";
import { addWant } from "./commands/want.ts";
import { exitCodeHelp } from "./exit_codes.ts";
import { createRoot, type Prints, type Root } from "./root_command.ts";
import type { RunHost } from "./hosting.ts";
import type { RunCommand } from "./session.ts";

/** All commands. Commander throws instead of exiting. */
export function createProgram(run: RunCommand, host: RunHost, prints: Prints): Root {
  const program = createRoot(prints);
  for (
    const add of [
      addSync,
      addStatus,
      addImport,
      addList,
      addShow,
      addWant,
      addVerify,
      addFiles,
      addVersions,
      addAdopt,
      addRebuild,
      addExport,
      addQueue,
      addHandover,
      addHistory,
      addDoctor,
      addLog,
      addLogin,
      addAccounts,
      addPlugins,
      addSettings,
    ]
  ) add(program, run);
  addServe(program, host);
  addDesktop(program, host);
  return program.addHelpText("afterAll", `\n${exitCodeHelp()}`);
}
