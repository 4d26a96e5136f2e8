import { batch, createSignal } from "solid-js";
import { createStore } from "solid-js/store";
import type {
  AdoptSummary,
  Ambiguity,
  Asked,
  Events,
} from "../../../../../../extensions/sync-engine/protocol.ts";
import { type Bridge, BridgeError } from "../../../../bridge/bridge.ts";

/** So many unclear files are shown at most. */
export const MOST_SHOWN = 100;

type How = NonNullable<Asked<"adoption.start">["how"]>;

/** Follows adoptions: what runs, how it ended, and what the user has to choose. */
export function createAdoption(bridge: Bridge, onError: (error: unknown) => void) {
  const [progress, setProgress] = createSignal<Events["adoptProgress"] | null>(null);
  const [summary, setSummary] = createSignal<AdoptSummary | null>(null);
  const [unclear, setUnclear] = createSignal<readonly Ambiguity[]>([]);
  /** File ids by path. */
  const [chosen, setChosen] = createStore<Record<string, string | null>>({});
  let folder = "";
  let how: How = "copy";

  const stops = [
    bridge.on("adoptProgress", setProgress),
    bridge.on("adoptAmbiguous", (found) => setUnclear([...unclear(), found])),
    bridge.on("adoptEnded", (end) => {
      setProgress(null);
      if ("summary" in end) setSummary(end.summary);
      else onError(new BridgeError(end.error));
    }),
  ];

  const start = (params: Asked<"adoption.start">) => {
    setSummary(null);
    void bridge.call("adoption.start", params).catch(onError);
  };

  return {
    progress,
    summary,
    unclear,
    chosen: (path: string) => chosen[path] ?? null,
    choices: () =>
      Object.entries(chosen).flatMap(([path, fileId]) => fileId ? [{ path, fileId }] : []),
    /** A file of the library can be only one of those on the disk. */
    choose(path: string, fileId: string | null) {
      batch(() => {
        for (const [other, id] of Object.entries(chosen)) {
          if (id === fileId && other !== path) setChosen(other, null);
        }
        setChosen(path, fileId);
      });
    },
    run(params: { readonly folder: string; readonly how: How; readonly dryRun: boolean }) {
      ({ folder, how } = params);
      setUnclear([]);
      for (const path of Object.keys(chosen)) setChosen(path, null);
      start(params);
    },
    takeChosen() {
      const choices = this.choices();
      const taken = new Set(choices.map(({ path }) => path));
      setUnclear(unclear().filter(({ paths }) => !paths.some((path) => taken.has(path))));
      for (const path of taken) setChosen(path, null);
      start({ folder, how, choices });
    },
    stop: () => void bridge.call("sync.stop", {}).catch(onError),
    dispose: () => stops.forEach((stop) => stop()),
  };
}

export type Adoption = ReturnType<typeof createAdoption>;
