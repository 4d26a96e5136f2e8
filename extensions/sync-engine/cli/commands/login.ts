import { classifyThrown } from "../../platform/classify.ts";
import { type FailureKind, SyncError } from "../../platform/errors.ts";
import type { AuthSchemeRow } from "../../protocol.ts";
import { AdvisedError } from "../advised_error.ts";
import { EXIT } from "../exit_codes.ts";
import { knownProvider } from "../known_provider.ts";
import { readSecret } from "../read_secret.ts";
import { type BrowserOptions, signInByBrowser } from "../sign_in_by_browser.ts";
import type { Root } from "../root_command.ts";
import type { RunCommand, Session } from "../session.ts";
import { printable } from "../wording.ts";

const KEPT = {
  "keychain": "It is kept in the system's keychain.",
  "encrypted file": "It is kept in an encrypted file, which your passphrase opens.",
} as const;

/** What to do when a sign-in failed. */
const ADVICE: Readonly<Partial<Record<FailureKind, string>>> = {
  retryable: "Check the connection, then sign in again.",
  throttled: "Wait a while, then sign in again.",
  challenged: "Open the site in your browser, then sign in again.",
  needsAuth: "Copy the value anew while you are signed in on the site, then sign in again.",
};

/** Adds `login` and `logout`. */
export function addLogin(program: Root, run: RunCommand): void {
  program.command("login")
    .description("sign in; the secret is asked for, or piped in, and never an argument")
    .argument("<provider>", "id, as `plugins list` shows it")
    .option("--scheme <scheme>", "session, oauth (in the browser) or key", "session")
    .option("--client-id <id>", "oauth: the app that you have registered; its secret is asked for")
    .option("--no-browser", "oauth: only show the address")
    .action(async (provider, options, command) => {
      await run(command.optsWithGlobals(), {}, (session) => login(session, provider, options));
    });
  program.command("logout")
    .description("forget the sign-in; files here stay")
    .argument("<provider>", "id, as `plugins list` shows it")
    .action(async (provider, _options, command) => {
      await run(command.optsWithGlobals(), {}, (session) => logout(session, provider));
    });
}

async function login(
  session: Session,
  provider: string,
  options: BrowserOptions & { readonly scheme: string },
): Promise<number> {
  const { scheme } = options;
  const { engine, reporter, world, signal } = session;
  const { name } = known(session, provider);
  const { schemes } = engine.accounts.list().find(({ id }) => id === provider) ?? {};
  const chosen = schemes?.find(({ id }) => id === scheme);
  if (world.stdin.isTerminal) {
    if (chosen) reporter.note(guideText(chosen));
    reporter.note(KEPT[session.signInsAreIn]);
  }
  const account = chosen?.kind === "browser"
    ? await signInByBrowser(session, { provider, scheme }, options).catch(unchanged)
    : await enterSecret();
  reporter.say(
    "signedIn",
    { provider, account },
    `Signed in to ${name} as ${
      printable(account.name)
    }. Next: ${world.programName} sync --headless`,
  );
  return EXIT.ok;

  async function enterSecret() {
    const secret = await readSecret(world, `Paste the ${scheme} of ${name} (it is not shown): `);
    return await engine.accounts.login({ provider, scheme, secret }, signal).catch(unchanged);
  }
}

/** How to get what is to be entered, and what it is good for. */
function guideText({ label, url, steps, can, cannot }: AuthSchemeRow): string {
  const list = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [title, ...items.map((item) => `  - ${item}`)];
  const lines = [
    url === null ? label : `${label}: ${url}`,
    ...steps.map((step, i) => `  ${i + 1}. ${step}`),
    ...list("It can:", can),
    ...list("It cannot:", cannot),
  ];
  return lines.map(printable).join("\n");
}

/** What the general hints promise holds for a sync, and not for a sign-in. */
function unchanged(error: unknown): never {
  const failure = classifyThrown(error);
  const advice = ADVICE[failure.kind];
  if (advice === undefined) throw failure;
  const hint = `${advice} Nothing was changed.`;
  throw new AdvisedError(failure.failure, failure.message, { cause: failure, hint });
}

async function logout(session: Session, provider: string): Promise<number> {
  const { engine, reporter } = session;
  const { name } = known(session, provider);
  const signedIn = engine.status().providers.some(({ id, account }) =>
    id === provider && account !== null
  );
  try {
    await engine.accounts.logout({ provider });
  } catch (error) {
    // Without a keychain there is nothing in it either.
    const failure = classifyThrown(error);
    if (signedIn || failure.kind !== "permission") throw failure;
  }
  const text = signedIn ? `Signed out of ${name}. Files here stay.` : `Not signed in to ${name}`;
  reporter.say("signedOut", { provider }, text);
  return EXIT.ok;
}

function known({ engine, demo }: Session, id: string): { readonly name: string } {
  if (demo) {
    throw new SyncError("badInput", "This is the library of a demo, which signs in by itself");
  }
  return knownProvider(engine, id);
}
