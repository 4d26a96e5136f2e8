import type { App } from "../app/app.ts";
import type { Services } from "../app/services.ts";
import type { Handlers } from "./dispatcher.ts";
import type { Uploads } from "./uploads.ts";

/** What the methods of the protocol are bound to. */
export interface HandlersOptions {
  readonly app: App;
  readonly services: Services;
  /** What front ends have sent to be imported. */
  readonly uploads: Pick<Uploads, "take">;
  /** See `Hello.mediaBase`. */
  readonly mediaBase: () => string | null;
}

/** Binds the methods of the protocol. The engine is asked for anew each time: it may have been exchanged. */
export function handlersOf({ app, services, uploads, mediaBase }: HandlersOptions): Handlers {
  const engine = () => app.engine();
  return {
    "engine.hello": () => ({
      version: services.version,
      os: services.os,
      demo: app.kind === "demo",
      mediaBase: mediaBase(),
      canReveal: services.canReveal,
      canAutoLaunch: services.canAutoLaunch,
    }),
    "engine.status": async () => (await engine()).status(),
    "engine.shutdown": () => {
      // The answer goes out first.
      setTimeout(() => services.shutdown(), 0);
      return null;
    },

    "library.query": async (params) => (await engine()).library.query(params),
    "library.summary": async (params) => (await engine()).library.summary(params),
    "library.facets": async () => (await engine()).library.facets(),
    "library.creators": async (params) => (await engine()).library.creators(params),
    "library.releases": async (params) => (await engine()).library.releases(params),
    "library.asset": async (params) => (await engine()).library.asset(params),
    "library.quarantine": async (params) => (await engine()).library.quarantine(params),
    "library.setWanted": async (params) => await (await engine()).library.setWanted(params),
    "library.undoWanted": async (params) => await (await engine()).library.undoWanted(params),

    "library.import": async ({ provider, documents, acceptRemovals }) => {
      const { importing } = await engine();
      const times = documents.flatMap(({ savedAt }) => savedAt ?? []);
      const savedAt = times.length === 0 ? null : Math.min(...times);
      return await importing.run(provider, uploads.take(documents), { savedAt, acceptRemovals });
    },
    "library.window": async ({ provider }) => await (await engine()).libraryWindow.run(provider),
    "library.closeWindow": async () => (await engine()).libraryWindow.cancel(),
    "library.rebuild": async () => (await engine()).rebuilding.start(),
    "library.export": async (params) => await (await engine()).exporting.write(params),

    "adoption.start": async (params) => (await engine()).adoption.start(params),

    "versions.list": async (params) => await (await engine()).versions.list(params),
    "versions.drop": async (params) => await (await engine()).versions.drop(params),
    "versions.restore": async (params) => await (await engine()).versions.restore(params),

    "files.refetch": async (params) => await (await engine()).files.refetch(params),
    "files.remove": async (params) => await (await engine()).files.remove(params),
    "files.unpack": async (params) => await (await engine()).unpacking.unpack(params),
    "files.restore": async (params) => await (await engine()).files.restore(params),
    "files.reveal": async (params) => {
      await services.reveal(await (await engine()).files.pathOf(params));
      return null;
    },

    "sync.start": async (params) => (await engine()).startSync(params),
    "sync.stop": async () => {
      (await engine()).stop();
      return null;
    },
    "verify.start": async (params) => (await engine()).startVerify(params),
    "verify.overview": async () => (await engine()).verification.overview(),
    "verify.findings": async (params) => (await engine()).verification.findings(params),

    "downloads.list": async (params) => (await engine()).queue.list(params),
    "downloads.speed": async () => (await engine()).queue.speed(),
    "downloads.pause": async (params) => await (await engine()).queue.pause(params),
    "downloads.resume": async (params) => await (await engine()).queue.resume(params),
    "downloads.cancel": async (params) => await (await engine()).queue.cancel(params),
    "downloads.retry": async (params) => await (await engine()).queue.retry(params),
    "downloads.move": async (params) => await (await engine()).queue.move(params),
    "downloads.lookNow": async () => (await engine()).lookForNetwork(),

    "handover.list": async (params) => (await engine()).handover.list(params),

    "history.list": async (params) => (await engine()).history.list(params),
    "history.clear": async () => (await engine()).history.clear(),

    "settings.get": async () => (await engine()).settings(),
    "settings.set": async (changes) => (await engine()).changeSettings(changes),
    "root.check": async (params) => await (await engine()).roots.check(params),
    "root.change": async (params) => await (await engine()).roots.change(params),
    "autoLaunch.get": () => services.autoLaunch.get(),
    "autoLaunch.set": ({ enabled }) => services.autoLaunch.set(enabled),

    "plugins.list": async () => (await engine()).plugins(),
    "plugins.setEnabled": async ({ id, enabled }) => (await engine()).setPluginEnabled(id, enabled),

    "accounts.list": async () => (await engine()).accounts.list(),
    "accounts.login": async (params) => await (await engine()).accounts.login(params),
    "accounts.app": async (params) => await (await engine()).accounts.app(params),
    "accounts.setApp": async (params) => await (await engine()).accounts.setApp(params),
    "accounts.authorize": async (params) => await (await engine()).accounts.authorize(params),
    "accounts.returned": async (params) => (await engine()).accounts.returned(params),
    "accounts.authorized": async (params) => await (await engine()).accounts.authorized(params),
    "accounts.cancelLogin": async () => (await engine()).accounts.cancelLogin(),
    "accounts.logout": async (params) => await (await engine()).accounts.logout(params),
    "accounts.check": async (params) => await (await engine()).accounts.check(params),

    "demo.enter": async () => {
      await app.enterDemo();
      return null;
    },
    "demo.leave": async () => {
      await app.leaveDemo();
      return null;
    },

    "doctor.run": async () => await (await engine()).doctor(),
    "log.tail": async ({ lines }) => ({
      lines: await services.logTail(await app.appData(), lines),
    }),
    "diagnostics.export": async () => ({
      path: await services.exportDiagnostics(await engine(), await app.appData()),
    }),
    "links.open": async ({ url }) => {
      await services.openLink(url);
      return null;
    },
  };
}
