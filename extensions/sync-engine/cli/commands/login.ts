import { SyncError } from "../../platform/errors.ts";
import { EXIT } from "../exit_codes.ts";
import { readSecret } from "../read_secret.ts";
import type { Root } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";
import { printable } from "../wording.ts";

/** Where people find what a provider's scheme wants, by `<provider>/<scheme>`. */
const WHERE_TO_FIND: Readonly<Record<string, string>> = {
  "mmf/session": [
    "MyMiniFactory shows your library only to your own browser session:",
    "  1. Sign in on https://www.myminifactory.com and open your library there.",
    "  2. Open the developer tools (F12), tab Network, and reload the page.",
    "  3. Click the first line, and copy the value of `Cookie` below Request Headers.",
    "The value opens your account: it is kept in the system's keychain and sent to this site only.",
  ].join("\n"),
  "mmf/token":
    "An OAuth access token of MyMiniFactory opens single models, but not the list of what you own.",
};

/** Adds `login` and `logout`. */
export function addLogin(program: Root, run: RunCommand): void {
  program.command("login")
    .description("sign in; the secret is asked for, or piped in, and never an argument")
    .argument("<provider>", "id, as `plugins list` shows it")
    .option("--scheme <scheme>", "what is entered: session or token", "session")
    .action(async (provider, { scheme }, command) => {
      await run(command.optsWithGlobals(), {}, (session) => login(session, provider, scheme));
    });
  program.command("logout")
    .description("forget the sign-in; files here stay")
    .argument("<provider>", "id, as `plugins list` shows it")
    .action(async (provider, _options, command) => {
      await run(command.optsWithGlobals(), {}, (session) => logout(session, provider));
    });
}

async function login(session: Session, provider: string, scheme: string): Promise<number> {
  const { engine, reporter, world, signal } = session;
  const { name } = known(session, provider);
  if (world.stdin.isTerminal) reporter.note(WHERE_TO_FIND[`${provider}/${scheme}`] ?? "");
  const secret = await readSecret(world, `Paste the ${scheme} of ${name} (it is not shown): `);
  const account = await engine.signIn(provider, scheme, secret, signal);
  reporter.say(
    "signedIn",
    { provider, account },
    `Signed in to ${name} as ${
      printable(account.name)
    }. Next: ${world.programName} sync --headless`,
  );
  return EXIT.ok;
}

async function logout(session: Session, provider: string): Promise<number> {
  const { name } = known(session, provider);
  await session.engine.signOut(provider);
  session.reporter.say("signedOut", { provider }, `Signed out of ${name}. Files here stay.`);
  return EXIT.ok;
}

function known({ engine, demo }: Session, id: string): { readonly name: string } {
  if (demo) {
    throw new SyncError("badInput", "This is the library of a demo, which signs in by itself");
  }
  const plugins = engine.plugins();
  const plugin = plugins.find((one) => one.id === id);
  if (plugin) return plugin;
  const ids = plugins.map((one) => one.id).join(", ");
  throw new SyncError("badInput", `There is no provider "${id}", known are: ${ids}`);
}
