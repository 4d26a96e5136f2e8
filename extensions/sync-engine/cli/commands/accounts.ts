import { checkText, signInText } from "../account_text.ts";
import { EXIT } from "../exit_codes.ts";
import { knownProvider } from "../known_provider.ts";
import type { Root } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";
import { printable } from "../wording.ts";

/** Adds `accounts`. */
export function addAccounts(program: Root, run: RunCommand): void {
  program.command("accounts")
    .description("how you are signed in, for whom and until when")
    .argument("[provider]", "only this one; id, as `plugins list` shows it")
    .option("--check", "ask the site whether the sign-ins are still good")
    .action(async (provider, { check = false }, command) => {
      const needs = check ? { sites: true } : { reads: true };
      await run(command.optsWithGlobals(), needs, async (session) => {
        if (provider !== undefined) knownProvider(session.engine, provider);
        return check ? await checkAll(session, provider) : list(session, provider);
      });
    });
}

function list({ engine, reporter, world }: Session, provider: string | undefined): number {
  for (const { id, name, account, signIns } of engine.accounts.list()) {
    if (provider !== undefined && provider !== id) continue;
    const how = account === null ? "not signed in" : `signed in as ${printable(account)}`;
    const lines = signIns.map((signIn) => `  ${signInText(signIn, world.clock.now())}`);
    reporter.say(
      "account",
      { id, name, account, signIns },
      [`${name}: ${how}`, ...lines].join("\n"),
    );
  }
  return EXIT.ok;
}

async function checkAll(session: Session, provider: string | undefined): Promise<number> {
  const { engine, reporter, world } = session;
  let code: number = EXIT.ok;
  for (const { id, name, account } of engine.accounts.list()) {
    if (provider === undefined ? account === null : provider !== id) continue;
    for (const checked of await engine.accounts.check({ provider: id })) {
      const text = checkText(checked, world.clock.now(), `${world.programName} login ${id}`);
      reporter.say("signIn", { provider: id, ...checked }, `${name}, ${text}`);
      if (checked.outcome === "ended") code = EXIT.signIn;
      if (checked.outcome === "unknown" && code === EXIT.ok) code = EXIT.provider;
    }
  }
  return code;
}
