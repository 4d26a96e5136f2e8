import type { Engine } from "../engine.ts";
import type { Handlers } from "./dispatcher.ts";

/** Binds the methods of the protocol to an engine. */
export function handlersOf(engine: Engine): Handlers {
  return {
    "engine.status": () => engine.status(),
    "library.query": (params) => engine.query(params),
    "library.quarantine": (params) => engine.quarantine(params),
    "library.setWanted": ({ which, wanted }) => ({ changed: engine.setWanted(which, wanted) }),
    "sync.start": (params) => engine.startSync(params),
    "sync.stop": () => engine.stop(),
    "verify.start": (params) => engine.startVerify(params),
    "downloads.list": (page) => engine.downloads(page),
    "history.list": (params) => engine.history(params),
    "settings.get": () => engine.settings(),
    "settings.set": (changes) => engine.changeSettings(changes),
    "plugins.list": () => engine.plugins(),
    "plugins.setEnabled": ({ id, enabled }) => engine.setPluginEnabled(id, enabled),
    "accounts.login": ({ provider, scheme, secret }) => engine.signIn(provider, scheme, secret),
    "accounts.logout": ({ provider }) => engine.signOut(provider),
    "doctor.run": () => engine.doctor(),
  };
}
