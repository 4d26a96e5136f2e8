import { createSignal, type JSX, onCleanup, Show } from "solid-js";
import type { Events, VerifySummary } from "../../../../../extensions/sync-engine/protocol.ts";
import { BridgeError } from "../../../bridge/bridge.ts";
import { useI18n } from "../../../i18n/i18n.tsx";
import { useApp } from "../../../stores/app.tsx";
import { Button } from "../../../ui/button.tsx";
import { ProgressBar } from "../../../ui/progress_bar.tsx";
import { toastError } from "../../../ui/toast.tsx";
import { SettingRow } from "../setting_row.tsx";

/** Reads the whole library again. */
export function VerifyTask(): JSX.Element {
  const { t, format } = useI18n();
  const { bridge, status } = useApp();
  const [news, setNews] = createSignal<Events["verifyProgress"] | null>(null);
  const [summary, setSummary] = createSignal<VerifySummary | null>(null);
  onCleanup(bridge.on("verifyProgress", setNews));
  onCleanup(bridge.on("verifyEnded", (end) => {
    setNews(null);
    if ("summary" in end) setSummary(end.summary);
    else toastError(new BridgeError(end.error), t);
  }));
  const start = (repair: boolean) => {
    setSummary(null);
    void bridge.call("verify.start", { repair }).catch((error) => toastError(error, t));
  };
  return (
    <SettingRow
      title={t("views.settings.verify.title")}
      text={t("views.settings.verify.text")}
      below={
        <>
          <Show when={status()?.busy === "verify" && news()}>
            {(now) => (
              <div class="root-moving">
                <ProgressBar
                  label={t("views.settings.verify.title")}
                  value={now().checked / Math.max(1, now().of)}
                />
                <span>
                  {t("views.settings.verify.running", {
                    checked: format().count(now().checked),
                    of: format().count(now().of),
                  })}
                </span>
              </div>
            )}
          </Show>
          <Show when={summary()}>
            {(sums) => (
              <p role="status">
                {t("views.settings.verify.result", {
                  ok: format().count(sums().ok),
                  bad: format().count(sums().missing + sums().size + sums().hash),
                  extra: format().count(sums().extra),
                })}
              </p>
            )}
          </Show>
        </>
      }
    >
      {() => (
        <Show
          when={status()?.busy !== "verify"}
          fallback={
            <Button onClick={() => void bridge.call("sync.stop", {})}>
              {t("views.settings.verify.stop")}
            </Button>
          }
        >
          <Button disabled={status()?.busy !== null} onClick={() => start(false)}>
            {t("views.settings.verify.run")}
          </Button>
          <Button disabled={status()?.busy !== null} onClick={() => start(true)}>
            {t("views.settings.verify.repair")}
          </Button>
        </Show>
      )}
    </SettingRow>
  );
}
