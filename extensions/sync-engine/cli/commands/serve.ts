import { App } from "../../app/app.ts";
import { createServices } from "../../app/services.ts";
import { classifyThrown } from "../../platform/classify.ts";
import { SyncError } from "../../platform/errors.ts";
import { isLoopback } from "../../rpc/host_guard.ts";
import { Password } from "../../rpc/password.ts";
import { createServer, type Server } from "../../rpc/server.ts";
import { EXIT } from "../exit_codes.ts";
import type { Hosting, RunHost } from "../hosting.ts";
import { libraryOpener } from "../open_library.ts";
import { PATHS } from "../paths.ts";
import { collect, type Root, wholeNumber } from "../root_command.ts";
import { readPassword } from "../serve_password.ts";
import { VERSION } from "../version.ts";

/** Objects of the demo library, when nothing is said. */
const DEMO_OBJECTS = 200;

interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly open?: true | undefined;
  readonly demo?: true | undefined;
  readonly demoObjects: number;
  readonly passwordFile?: string | undefined;
  readonly allowHost?: string[] | undefined;
}

/** Adds `serve`. */
export function addServe(program: Root, run: RunHost): void {
  program.command("serve")
    .description("show the library in a browser, on this computer or from a NAS")
    .option("--port <n>", "port to listen on; 0 takes a free one", wholeNumber(0, 65_535), 0)
    .option(
      "--host <address>",
      "address to listen on; others than this computer's want a password",
      "127.0.0.1",
    )
    .option("--open", "open it in the browser")
    .option("--demo", "begin with the made-up library of a simulated site, without any account")
    .option("--demo-objects <n>", "models of the demo", wholeNumber(10, 100_000), DEMO_OBJECTS)
    .option("--password-file <file>", "password, 12 characters or more (or MMFSYNC_PASSWORD)")
    .option(
      "--allow-host <name>",
      "another name of this computer in browsers; can be given more than once",
      collect,
    )
    .action(async (options, command) => {
      await run(command.optsWithGlobals(), (hosting) => serve(hosting, options));
    });
}

async function serve(hosting: Hosting, options: ServeOptions): Promise<number> {
  const { world, fs, reporter, signal } = hosting;
  const password = await passwordFor(hosting, options);
  const ended = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => ended.resolve(), { once: true });
  const services = await createServices({
    ...world,
    fs,
    version: VERSION,
    platform: { os: world.os, deno: Deno.version.deno },
    isLocal: isLoopback(options.host),
    launchCommand: null,
    shutdown: ended.resolve,
  });
  if (options.demo) reporter.note("Starting the simulated site …");
  const site = { objects: options.demoObjects, seed: 1 };
  const app = await App.open(libraryOpener(hosting, site), options.demo ? "demo" : "own");
  try {
    const server: Server = await createServer({
      app,
      services,
      clock: world.clock,
      fs,
      hostname: options.host,
      port: options.port,
      resourcesDir: PATHS.resources,
      password,
      allowedHosts: options.allowHost ?? [],
      allowedOrigins: [],
      onTokenUsed: () => tellLink(hosting, server),
    });
    try {
      await app.listensOn(server.port);
      await welcome(hosting, server, services.openLink, options);
      await ended.promise;
    } finally {
      await server.close();
    }
  } finally {
    await app.close();
  }
  return EXIT.ok;
}

/** @throws {SyncError} `badInput` where others could get in without one. */
async function passwordFor(
  { world, fs }: Hosting,
  { host, passwordFile }: ServeOptions,
): Promise<Password | null> {
  const password = await readPassword(fs, {
    passwordFile,
    password: world.env("MMFSYNC_PASSWORD"),
    cwd: world.cwd,
  });
  if (password !== null) return await Password.create(password, world.clock);
  if (isLoopback(host)) return null;
  throw new SyncError(
    "badInput",
    `Others can reach "${host}": set MMFSYNC_PASSWORD or give --password-file first`,
  );
}

async function welcome(
  { reporter }: Hosting,
  server: Server,
  openLink: (url: string) => Promise<void>,
  { open, host }: ServeOptions,
): Promise<void> {
  const url = linkOf(server);
  reporter.say("serving", { url, port: server.port }, `Serving on ${url}`);
  if (!isLoopback(host)) {
    reporter.note("What goes over the network is not encrypted: put a proxy with TLS before it.");
  }
  if (!server.hasPages) {
    reporter.note("The user interface was not built: run `npm run build`, then start this again.");
  }
  if (!open) return;
  // Others can read a program's arguments, but the token is used up by then.
  await openLink(url).catch((error) => reporter.note(classifyThrown(error).message));
}

/** A launch link opens one browser; here is the next one. */
function tellLink({ reporter }: Hosting, server: Server): void {
  const url = linkOf(server);
  reporter.say("link", { url }, `For another browser: ${url}`);
}

function linkOf(server: Server): string {
  return `${server.origin}/#token=${server.newToken()}`;
}
