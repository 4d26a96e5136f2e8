import { HashRouter, Navigate, Route } from "@solidjs/router";
import { type Component, createRenderEffect, type JSX, lazy, Show } from "solid-js";
import { I18nProvider } from "./i18n/i18n.tsx";
import { Shell } from "./shell/shell.tsx";
import { type App as AppStore, AppProvider, useApp } from "./stores/app.tsx";
import { isFirstRun } from "./stores/first_run.ts";
import { ToastRegion } from "./ui/toast.tsx";

/** Milliseconds: what is shown first goes first. */
const PRELOAD_AFTER = 1_000;

/** Comes when it is needed, or when there is time. */
function view(load: () => Promise<{ default: Component }>) {
  const component = lazy(load);
  // The engine may be away when the user wants to see it.
  setTimeout(() => void component.preload().catch(() => {}), PRELOAD_AFTER);
  return component;
}

const AccountsView = view(() => import("./views/accounts/accounts_view.tsx"));
const DownloadsView = view(() => import("./views/downloads/downloads_view.tsx"));
const ExplorerView = view(() => import("./views/explorer/explorer_view.tsx"));
const LibraryView = view(() => import("./views/library/library_view.tsx"));
const VerifyView = view(() => import("./views/verify/verify_view.tsx"));
const SettingsView = view(() => import("./views/settings/settings_view.tsx"));

/** The whole page. */
export function App(props: {
  readonly app: AppStore;
  /** Tries to connect at once. */
  readonly reconnect: () => void;
}): JSX.Element {
  createRenderEffect(() => showTheme(props.app.settings()?.theme ?? "system"));
  return (
    <AppProvider app={props.app}>
      <I18nProvider language={props.app.settings()?.language ?? "system"}>
        <HashRouter
          root={(route) => <Shell reconnect={props.reconnect}>{route.children}</Shell>}
        >
          <Route path="/library" component={LibraryView} />
          <Route path="/downloads" component={DownloadsView} />
          <Route path="/explorer/*path" component={ExplorerView} />
          <Route path="/settings/:section?" component={SettingsView} />
          <Route path="/accounts" component={AccountsView} />
          <Route path="/verify" component={VerifyView} />
          <Route path="*" component={Start} />
        </HashRouter>
        <ToastRegion />
      </I18nProvider>
    </AppProvider>
  );
}

/** Where one begins is known when the engine has answered. */
function Start(): JSX.Element {
  const app = useApp();
  return (
    <Show when={app.status()}>
      {(status) => <Navigate href={isFirstRun(status()) ? "/accounts" : "/library"} />}
    </Show>
  );
}

function showTheme(theme: "system" | "light" | "dark"): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}
