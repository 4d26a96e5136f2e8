import { type JSX, Show } from "solid-js";
import { useI18n } from "../i18n/i18n.tsx";
import { useApp } from "../stores/app.tsx";
import { limitText, siteLimit } from "../stores/site_limit.ts";
import { failureText } from "../ui/failure.ts";
import { ProgressBar } from "../ui/progress_bar.tsx";
import { SyncActions } from "./sync_actions.tsx";
import "./sync_card.css";
import { type SyncState, syncState } from "./sync_state.ts";

/** Reasons for a pause that no site has asked for. */
const OWN_REASONS: ReadonlySet<string> = new Set(["retryable", "diskFault", "diskFull"]);

/** How it stands with the sync, and what can be done about it. */
export function SyncCard(props: { readonly narrow: boolean }): JSX.Element {
  const app = useApp();
  const { t, format } = useI18n();

  const state = (): SyncState | null => {
    const status = app.status();
    // What was last heard of an engine that is gone would be a guess.
    if (!status || app.connection() !== "open") return null;
    return syncState({
      status,
      phase: app.phase(),
      running: app.progress().running.length,
      waiting: app.waiting(),
      now: Date.now(),
    });
  };
  const limitOf = () => {
    const status = app.status();
    return status && siteLimit(app.waiting(), status, Date.now());
  };
  const words = (now: SyncState): string => {
    if (now.kind === "waiting") {
      if (now.reason === "offline") return t("sync.offline");
      const limit = limitOf();
      if (limit) return limitText(limit, { t, format });
      const time = clock(now.until);
      if (!OWN_REASONS.has(now.reason)) return t("sync.waitingUntil", { time });
      const { what } = failureText({ code: now.reason, message: null }, t);
      return t("sync.retryAt", { what, time });
    }
    if (now.kind === "notHere") return t("sync.notHere", now.assets);
    return t(`sync.${now.kind}`);
  };
  const clock = (time: number) => {
    const date = new Date(time);
    return format().timeOfDay(date.getHours() * 60 + date.getMinutes());
  };
  const left = () => app.progress().waiting + app.progress().running.length;
  const share = () => {
    const { fetched } = app.progress();
    return fetched + left() > 0 ? fetched / (fetched + left()) : null;
  };

  return (
    <section class="sync-card" aria-label={t("sync.start")}>
      <Show when={state()}>
        {(now) => (
          <>
            <p
              class={props.narrow ? "visually-hidden" : "sync-card-state"}
              aria-live="polite"
            >
              {words(now())}
            </p>
            <Show when={now().kind === "fetching" && !props.narrow}>
              <p class="sync-card-figures">
                <span>{t("sync.left", left())}</span>
                <span>{format().speed(app.progress().speed)}</span>
              </p>
              <ProgressBar value={share()} label={t("sync.fetching")} />
            </Show>
            <SyncActions narrow={props.narrow} state={now()} words={words(now())} />
          </>
        )}
      </Show>
    </section>
  );
}
