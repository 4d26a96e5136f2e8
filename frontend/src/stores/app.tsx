import {
  type Accessor,
  createContext,
  createSignal,
  type JSX,
  onCleanup,
  useContext,
} from "solid-js";
import { createStore, reconcile } from "solid-js/store";
import type {
  EngineStatus,
  Events,
  Hello,
  Settings,
} from "../../../extensions/sync-engine/protocol.ts";
import type { Bridge, ConnectionState } from "../bridge/bridge.ts";
import type { Host } from "../host/host.ts";

/** What every view knows of the engine. */
export interface App {
  readonly bridge: Bridge;
  readonly host: Host;
  readonly connection: Accessor<ConnectionState>;
  /** Whether there was a connection before. */
  readonly wasOpen: Accessor<boolean>;
  /** Why the engine cannot open the library, null when it can or nothing is known. */
  readonly trouble: Accessor<string | null>;
  /** Null until the engine answered. */
  readonly hello: Accessor<Hello | null>;
  /** Fields are tracked one by one. Null until the engine answered. */
  readonly status: Accessor<EngineStatus | null>;
  readonly settings: Accessor<Settings | null>;
  /** The last word about running downloads. */
  readonly progress: Accessor<Events["progress"]>;
  /** What the running sync does at the moment. */
  readonly phase: Accessor<"scanning" | "looking" | null>;
  /** What a site asked to wait for, null when nothing is waited for. */
  readonly waiting: Accessor<Events["waiting"] | null>;
  /** Address of an asset's thumbnail, null when there is no way to read one. */
  thumbnail(assetId: string): string | null;
  /** Address of a file's bytes. */
  file(fileId: string): string | null;
  /** Changes settings at once in the window, then in the engine; takes them back when it refuses. */
  change(changes: Partial<Settings>): Promise<void>;
  /** Opens a page in the system's browser. */
  openLink(url: string): void;
}

const NOTHING_RUNS: Events["progress"] = {
  running: [],
  fetched: 0,
  fetchedBytes: 0,
  failed: 0,
  waiting: 0,
  speed: 0,
};

const Context = createContext<App>();

export function AppProvider(props: { readonly app: App; readonly children: JSX.Element }) {
  return <Context.Provider value={props.app}>{props.children}</Context.Provider>;
}

export function useApp(): App {
  const app = useContext(Context);
  if (!app) throw new Error("No AppProvider above");
  return app;
}

/** Hears an event of the engine as long as the component lives. */
export function onEngine<E extends keyof Events>(event: E, hear: (data: Events[E]) => void): void {
  onCleanup(useApp().bridge.on(event, hear));
}

/** Does something when what is shown may be old: at each connection, and when another library was opened. */
export function onFresh(bridge: Bridge, work: () => void): () => void {
  const stops = [
    bridge.onState((state) => state === "open" && work()),
    bridge.on("engineChanged", work),
  ];
  if (bridge.state() === "open") work();
  return () => stops.forEach((stop) => stop());
}

/** Follows the engine. Lives as long as the page. */
export function createApp(bridge: Bridge, host: Host): App {
  const [connection, setConnection] = createSignal(bridge.state());
  const [wasOpen, setWasOpen] = createSignal(bridge.state() === "open");
  const [trouble, setTrouble] = createSignal<string | null>(null);
  const [hello, setHello] = createSignal<Hello | null>(null);
  const [state, setState] = createStore<{ status: EngineStatus | null; settings: Settings | null }>(
    {
      status: null,
      settings: null,
    },
  );
  const [progress, setProgress] = createSignal(NOTHING_RUNS);
  const [phase, setPhase] = createSignal<"scanning" | "looking" | null>(null);
  const [waiting, setWaiting] = createSignal<Events["waiting"] | null>(null);

  const setStatus = (status: EngineStatus) => {
    setState("status", reconcile(status, { key: "id" }));
    if (status.busy === null) {
      setProgress(NOTHING_RUNS);
      setPhase(null);
      setWaiting(null);
    }
  };
  const setSettings = (settings: Settings) => setState("settings", reconcile(settings));

  bridge.onState((now) => {
    if (now === "open") {
      setWasOpen(true);
      setTrouble(null);
    }
    setConnection(now);
  });
  host.unavailable?.(setTrouble);
  onFresh(bridge, () => {
    // A call that fails is asked again at the next connection.
    bridge.call("engine.hello", {}).then(setHello, () => {});
    bridge.call("engine.status", {}).then(setStatus, () => {});
    bridge.call("settings.get", {}).then(setSettings, () => {});
  });
  bridge.on("statusChanged", setStatus);
  bridge.on("settingsChanged", setSettings);
  bridge.on("progress", (news) => {
    setProgress(news);
    // One download after the other has its turn while others run.
    if (news.running.length > 0 && waiting()?.reason !== "paced") setWaiting(null);
  });
  bridge.on("scan", ({ done }) => setPhase(done ? null : "scanning"));
  bridge.on("plan", ({ done }) => setPhase(done ? null : "looking"));
  bridge.on("waiting", setWaiting);
  // The browser knows of cables and Wi-Fi only: whether there is a way out, the engine finds out.
  globalThis.addEventListener("online", () => {
    if (state.status?.offline) bridge.call("downloads.lookNow", {}).catch(() => {});
  });

  const media = (kind: "thumb" | "file", id: string) => {
    const base = hello()?.mediaBase;
    return base ? `${base}${kind}/${encodeURIComponent(id)}` : null;
  };

  return {
    bridge,
    host,
    connection,
    wasOpen,
    trouble,
    hello,
    status: () => state.status,
    settings: () => state.settings,
    progress,
    phase,
    waiting,
    thumbnail: (id) => media("thumb", id),
    file: (id) => media("file", id),
    async change(changes) {
      const before = state.settings;
      if (before) setSettings({ ...before, ...changes });
      try {
        setSettings(await bridge.call("settings.set", changes));
      } catch (error) {
        if (before) setSettings(await bridge.call("settings.get", {}));
        throw error;
      }
    },
    openLink(url) {
      if (host.openLink) host.openLink(url);
      else void bridge.call("links.open", { url });
    },
  };
}
