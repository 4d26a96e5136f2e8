import { join } from "node:path";
import { App } from "../../app/app.ts";
import { createServices, type Services } from "../../app/services.ts";
import { classifyThrown } from "../../platform/classify.ts";
import type { Clock } from "../../platform/ports.ts";
import { createDesktopDoor, type DesktopDoor } from "../../rpc/desktop_door.ts";
import { connectHost } from "../../rpc/host_channel.ts";
import type { Introduction } from "../../rpc/introduction.ts";
import { createServer, type Server } from "../../rpc/server.ts";
import { claimInstance } from "../../single_instance.ts";
import type { Hosting } from "../hosting.ts";
import { libraryOpener } from "../open_library.ts";
import { PATHS } from "../paths.ts";
import { VERSION } from "../version.ts";
import { HostWindow } from "./host_window.ts";

/** Milliseconds between two tries to open the library, as when another program has it. */
const RETRY_MS = 1_000;

/** Milliseconds to save while the host waits, and once it is gone. */
const SAVE_MS = 10_000;
const LAST_SAVE_MS = 800;

const DEMO_SITE = { objects: 200, seed: 1 };

/**
 * The engine behind a window: works until the host goes or asks it to end.
 *
 * @param orphaned Resolves when whoever started this process is gone.
 * @throws {SyncError}
 */
export async function workForWindow(
  hosting: Hosting,
  introduction: Introduction,
  orphaned: Promise<void>,
): Promise<void> {
  const { world: { clock }, profile, signal } = hosting;
  const asked = Promise.withResolvers<void>();
  const ears: ((event: string, data: unknown) => void)[] = [];
  const channel = await connectHost(introduction, (event, data) => {
    for (const hear of ears) hear(event, data);
    if (event === "windowClose") asked.resolve();
  });
  const window = new HostWindow(channel, clock);
  const door = createDesktopDoor(channel);
  ears.push((event) => window.hear(event), door.hear);
  const gone = new AbortController();
  const goneAway = Promise.race([channel.closed, orphaned]).then(() => gone.abort());
  signal.addEventListener("abort", () => asked.resolve(), { once: true });

  // The host ends the one as well as the other when it goes, so a failure of these is none.
  const show = () => void window.show().catch(() => {});
  const dir = join(profile.dir, "window");
  await using instance = await claimInstance({ dir, clock, onShow: show });
  if (!instance) return await window.close();
  show();

  const ended = Promise.race([asked.promise, goneAway]);
  const app = await openPatiently(hosting, door, ended);
  if (app) {
    const services = await servicesOf(hosting, asked.resolve);
    ears.push((event, data) => openNewWindow(services, event, data));
    const server = await serve(hosting, app, services, introduction);
    await app.listensOn(server.port);
    door.open(app, server);
    await ended;
    const saved = app.close();
    await Promise.race([saved, atMost(clock, SAVE_MS, goneAway)]);
    if (gone.signal.aborted) await atMost(clock, LAST_SAVE_MS, saved);
    await server.close();
  }
  if (!gone.signal.aborted) await window.close();
}

/** Opens the library as soon as that can be done; null when the end comes before. */
async function openPatiently(
  hosting: Hosting,
  door: DesktopDoor,
  ended: Promise<void>,
): Promise<App | null> {
  const { clock, env } = hosting.world;
  const over = new AbortController();
  void ended.then(() => over.abort());
  const open = libraryOpener(hosting, DEMO_SITE, { opensWindows: true });
  while (!over.signal.aborted) {
    try {
      return await App.open(open, env("MMFSYNC_DEMO") ? "demo" : "own");
    } catch (error) {
      door.hold(classifyThrown(error));
      await clock.sleep(RETRY_MS, over.signal).catch(() => {});
    }
  }
  return null;
}

async function servicesOf({ world, fs }: Hosting, shutdown: () => void): Promise<Services> {
  return await createServices({
    ...world,
    fs,
    version: VERSION,
    platform: { os: world.os, deno: Deno.version.deno },
    isLocal: true,
    launchCommand: PATHS.window === null ? null : [PATHS.window],
    shutdown,
  });
}

/** The host leaves it to us where a link leads that wants a window of its own. */
function openNewWindow(services: Services, event: string, data: unknown): void {
  if (event !== "newWindowRequest" || typeof data !== "string") return;
  // An address that is refused is one that nobody should follow.
  services.openLink(data).catch(() => {});
}

async function serve(
  { world, fs }: Hosting,
  app: App,
  services: Services,
  { nlPort }: Introduction,
): Promise<Server> {
  return await createServer({
    app,
    services,
    clock: world.clock,
    fs,
    hostname: "127.0.0.1",
    port: 0,
    // The host serves the page.
    resourcesDir: null,
    password: null,
    allowedHosts: [],
    allowedOrigins: [`http://127.0.0.1:${nlPort}`],
  });
}

/** Waits for something, but no longer than so many milliseconds. */
async function atMost(clock: Clock, ms: number, something: Promise<unknown>): Promise<void> {
  const enough = new AbortController();
  await Promise.race([something, clock.sleep(ms, enough.signal)]);
  enough.abort();
}
