import { exportDiagnostics } from "../../app/diagnostics.ts";
import { createDiskFs } from "../../platform/fs.ts";
import { EXIT } from "../exit_codes.ts";
import type { Root } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";
import { VERSION } from "../version.ts";
import { printable } from "../wording.ts";

/** Adds `doctor`. */
export function addDoctor(program: Root, run: RunCommand): void {
  program.command("doctor")
    .description("look for what commonly goes wrong; changes nothing")
    .option(
      "--export",
      "write all that helps to find a fault into a file, without names or secrets",
    )
    .action(async (options, command) => {
      await run(command.optsWithGlobals(), { reads: true }, async (session) => {
        const code = await doctor(session);
        if (options.export) await writeReport(session);
        return code;
      });
    });
}

async function writeReport({ engine, profile, reporter, world }: Session): Promise<void> {
  const path = await exportDiagnostics({
    fs: createDiskFs({ fileMode: 0o600 }),
    clock: world.clock,
    engine,
    appData: profile.dir,
    home: world.home,
    version: VERSION,
    platform: { os: world.os, deno: Deno.version.deno },
  });
  reporter.say("exported", { path }, `Written to ${printable(path)}`);
}

async function doctor({ engine, reporter, demo }: Session): Promise<number> {
  // The simulated site of a demo does not run for this.
  const { ok, findings } = await engine.doctor({ asksSites: demo === null });
  for (const finding of findings) {
    const mark = finding.ok ? "ok     " : "PROBLEM";
    reporter.say("finding", finding, `${mark} ${finding.name}: ${printable(finding.text)}`);
  }
  const problems = findings.filter((finding) => !finding.ok).length;
  reporter.say("summary", { ok, problems }, ok ? "All is well" : `Problems: ${problems}`);
  return ok ? EXIT.ok : EXIT.fault;
}
