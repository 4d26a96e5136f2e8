import { EXIT } from "../exit_codes.ts";
import type { Root } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";
import { printable } from "../wording.ts";

/** Adds `doctor`. */
export function addDoctor(program: Root, run: RunCommand): void {
  program.command("doctor")
    .description("look for what commonly goes wrong; changes nothing")
    .action(async (_options, command) => {
      await run(command.optsWithGlobals(), { reads: true }, doctor);
    });
}

async function doctor({ engine, reporter }: Session): Promise<number> {
  const { ok, findings } = await engine.doctor();
  for (const finding of findings) {
    const mark = finding.ok ? "ok     " : "PROBLEM";
    reporter.say("finding", finding, `${mark} ${finding.name}: ${printable(finding.text)}`);
  }
  const problems = findings.filter((finding) => !finding.ok).length;
  reporter.say("summary", { ok, problems }, ok ? "All is well" : `Problems: ${problems}`);
  return ok ? EXIT.ok : EXIT.fault;
}
