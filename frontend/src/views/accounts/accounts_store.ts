import { type Accessor, createEffect, createSignal, on, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";
import type { AccountRow } from "../../../../extensions/sync-engine/protocol.ts";
import { type App, onFresh } from "../../stores/app.tsx";

export interface Accounts {
  /** Null before the first answer. A row keeps its identity when it changes. */
  readonly rows: Accessor<readonly AccountRow[] | null>;
  /** Why the last answer did not come, null when it did. */
  readonly error: Accessor<unknown>;
  refresh(): void;
}

/** The providers that one can sign in to, as the engine last told. */
export function createAccounts(app: App): Accounts {
  const [state, setState] = createStore<{ rows: readonly AccountRow[] | null }>({ rows: null });
  const [error, setError] = createSignal<unknown>(null);
  const refresh = () => {
    app.bridge.call("accounts.list", {}).then(
      (rows) => {
        setState("rows", reconcile(rows, { key: "id" }));
        setError(null);
      },
      (failure) => setError(() => failure),
    );
  };
  onCleanup(onFresh(app.bridge, refresh));
  createEffect(on(() => JSON.stringify(app.status()?.providers), refresh, { defer: true }));
  return { rows: () => state.rows, error, refresh };
}
