import { useLocation } from "@solidjs/router";
import { createEffect, ErrorBoundary, type JSX, on, Show, Suspense } from "solid-js";
import { useI18n } from "../i18n/i18n.tsx";
import { useApp } from "../stores/app.tsx";
import { ErrorState } from "../ui/error_state.tsx";
import { ConnectionBanner, DemoBanner } from "./banners.tsx";
import { NAV } from "./nav.ts";
import { RecoveryBanner } from "./recovery_banner.tsx";
import { RepairDoubt } from "./repair_doubt.tsx";
import { Refused } from "./refused.tsx";
import "./shell.css";
import { Sidebar } from "./sidebar.tsx";
import { notifyAway } from "./notify_away.ts";
import { tellSyncNews } from "./sync_news.ts";
import { tellVerifyNews } from "./verify_news.ts";

/** What stands around every view. */
export function Shell(props: {
  readonly reconnect: () => void;
  readonly children?: JSX.Element;
}): JSX.Element {
  const app = useApp();
  const { t } = useI18n();
  const location = useLocation();
  const section = () => location.pathname.split("/")[1] ?? "";
  let main: HTMLElement | undefined;
  let reset = () => {};

  tellSyncNews();
  tellVerifyNews();
  notifyAway();
  createEffect(() => {
    const view = NAV.find(({ id }) => id === section());
    document.title = view ? `${t(`nav.${view.id}`)} – ${t("appName")}` : t("appName");
  });
  // A view that broke must not stand in the way of the next one.
  createEffect(on(section, () => reset(), { defer: true }));

  return (
    <Show
      when={app.connection() !== "refused"}
      fallback={<Refused door={app.host.door} reconnect={props.reconnect} />}
    >
      <div class="shell">
        <button type="button" class="shell-skip" onClick={() => main?.focus()}>
          {t("nav.skip")}
        </button>
        <Sidebar />
        <div class="shell-content">
          <ConnectionBanner />
          <DemoBanner />
          <RecoveryBanner />
          <main ref={(element) => (main = element)} class="shell-main" tabIndex={-1}>
            <ErrorBoundary
              fallback={(error: unknown, again) => {
                reset = again;
                return <ErrorState error={error} onRetry={again} />;
              }}
            >
              <Suspense>{props.children}</Suspense>
            </ErrorBoundary>
          </main>
          <RepairDoubt />
        </div>
      </div>
    </Show>
  );
}
