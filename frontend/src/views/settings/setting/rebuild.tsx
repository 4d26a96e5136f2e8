import { createSignal, type JSX, Show } from "solid-js";
import type { Events, RebuildSummary } from "../../../../../extensions/sync-engine/protocol.ts";
import { BridgeError } from "../../../bridge/bridge.ts";
import { useI18n } from "../../../i18n/i18n.tsx";
import { onEngine, useApp } from "../../../stores/app.tsx";
import { Button } from "../../../ui/button.tsx";
import { toastError } from "../../../ui/toast.tsx";
import { SettingRow } from "../setting_row.tsx";

/** Reads into the database what the model folders say of themselves. */
export function RebuildTask(): JSX.Element {
  const { t, format } = useI18n();
  const { bridge, status } = useApp();
  const [progress, setProgress] = createSignal<Events["rebuildProgress"] | null>(null);
  const [summary, setSummary] = createSignal<RebuildSummary | null>(null);
  const running = () => status()?.busy === "rebuild";
  onEngine("rebuildProgress", setProgress);
  onEngine("rebuildEnded", (end) => {
    setProgress(null);
    if ("summary" in end) setSummary(end.summary);
    else toastError(new BridgeError(end.error), t);
  });
  const start = () => {
    setSummary(null);
    void bridge.call("library.rebuild", {}).catch((error) => toastError(error, t));
  };
  return (
    <SettingRow
      title={t("views.onDisk.rebuild.title")}
      text={t("views.onDisk.rebuild.text")}
      below={
        <p role="status">
          <Show when={running() && progress()}>
            {(now) => t("views.onDisk.rebuild.running", now().folders)}
          </Show>
          <Show when={summary()}>
            {(sums) =>
              t("views.onDisk.rebuild.done", {
                models: format().count(sums().added),
                files: format().count(sums().files),
              })}
          </Show>
        </p>
      }
    >
      {() => (
        <Button busy={running()} disabled={status()?.busy !== null} onClick={start}>
          {t("views.onDisk.rebuild.run")}
        </Button>
      )}
    </SettingRow>
  );
}
