import { createSignal, type JSX, Show } from "solid-js";
import { useI18n } from "../../../i18n/i18n.tsx";
import { useApp } from "../../../stores/app.tsx";
import { Button } from "../../../ui/button.tsx";
import { toastError } from "../../../ui/toast.tsx";
import { SettingRow } from "../setting_row.tsx";

/** A large library takes a while. Milliseconds. */
const DEADLINE = 120_000;

/** Writes all models and files into one file. */
export function ExportLibrary(): JSX.Element {
  const { t } = useI18n();
  const { bridge } = useApp();
  const [path, setPath] = createSignal<string | null>(null);
  const [busy, setBusy] = createSignal(false);
  const run = (format: "json" | "csv") => {
    setBusy(true);
    setPath(null);
    bridge.call("library.export", { format }, { deadline: DEADLINE })
      .then((written) => setPath(written.path), (error) => toastError(error, t))
      .finally(() => setBusy(false));
  };
  return (
    <SettingRow
      title={t("views.onDisk.exporting.title")}
      text={t("views.onDisk.exporting.text")}
      below={
        <Show when={path()}>
          {(written) => <p role="status">{t("views.onDisk.exporting.done", { path: written() })}
          </p>}
        </Show>
      }
    >
      {() => (
        <>
          <Button busy={busy()} onClick={() => run("json")}>
            {t("views.onDisk.exporting.json")}
          </Button>
          <Button busy={busy()} onClick={() => run("csv")}>
            {t("views.onDisk.exporting.csv")}
          </Button>
        </>
      )}
    </SettingRow>
  );
}
