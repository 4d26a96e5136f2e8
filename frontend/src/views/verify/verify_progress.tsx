import { Square } from "lucide-solid";
import { createSignal, type JSX, Show } from "solid-js";
import type { Events } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { onEngine, useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import { ProgressBar } from "../../ui/progress_bar.tsx";
import { toastError } from "../../ui/toast.tsx";

/** How far the running verification is, and the way to stop it. */
export function VerifyProgress(): JSX.Element {
  const { t, format } = useI18n();
  const { bridge, progress } = useApp();
  const [news, setNews] = createSignal<Events["verifyProgress"] | null>(null);
  onEngine("verifyProgress", setNews);
  const share = () => {
    const now = news();
    if (!now) return null;
    return now.ofBytes > 0 ? now.bytes / now.ofBytes : now.checked / Math.max(1, now.of);
  };
  /** What was found is being fetched. */
  const isRepairing = () => progress().running.length > 0;
  const label = () => isRepairing() ? t("views.verify.repairing") : t("views.verify.running");
  const stop = () => void bridge.call("sync.stop", {}).catch((error) => toastError(error, t));
  return (
    <div class="verify-progress">
      <div class="verify-progress-bar">
        <ProgressBar label={label()} value={isRepairing() ? null : share()} />
        <p class="verify-figures" aria-live="off">
          <span>{label()}</span>
          <Show when={!isRepairing() && news()}>
            {(now) => (
              <>
                <span>
                  {t("views.verify.checked", {
                    checked: format().count(now().checked),
                    of: format().count(now().of),
                  })}
                </span>
                <span>
                  {t("views.verify.bytes", {
                    done: format().bytes(now().bytes),
                    all: format().bytes(now().ofBytes),
                  })}
                </span>
                <span>{format().speed(now().speed)}</span>
                <Show when={now().speed > 0 && now().bytes < now().ofBytes}>
                  <span>
                    {t("views.verify.left", {
                      time: format().duration((now().ofBytes - now().bytes) / now().speed * 1000),
                    })}
                  </span>
                </Show>
              </>
            )}
          </Show>
        </p>
      </div>
      <Button icon={Square} onClick={stop}>{t("views.verify.stop")}</Button>
    </div>
  );
}
