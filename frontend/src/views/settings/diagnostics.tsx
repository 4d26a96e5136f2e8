import { CircleAlert, CircleCheck } from "lucide-solid";
import { createResource, createSignal, For, type JSX, Show } from "solid-js";
import type { Results } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import { toastError } from "../../ui/toast.tsx";
import { logLine } from "./log_line.ts";
import { SettingRow } from "./setting_row.tsx";
import { RebuildTask } from "./setting/rebuild.tsx";

/** What helps when something goes wrong. */
export function Diagnostics(): JSX.Element {
  return (
    <>
      <Doctor />
      <RebuildTask />
      <ExportDiagnostics />
      <LogTail />
    </>
  );
}

/** What is looked at besides the plugins, which go by their ids. */
const LOOKS = ["keychain", "folder", "space", "database"] as const;

const isKnown = (name: string): name is typeof LOOKS[number] =>
  LOOKS.some((known) => known === name);

function Doctor(): JSX.Element {
  const { t } = useI18n();
  const { bridge } = useApp();
  const [report, setReport] = createSignal<Results["doctor.run"] | null>(null);
  const [busy, setBusy] = createSignal(false);
  const run = () => {
    setBusy(true);
    bridge.call("doctor.run", {}, { deadline: 60_000 })
      .then(setReport, (error) => toastError(error, t))
      .finally(() => setBusy(false));
  };
  return (
    <SettingRow
      title={t("views.settings.doctor.title")}
      text={t("views.settings.doctor.text")}
      below={
        <Show when={report()}>
          {(found) => (
            <div class="checkup" role="status">
              <p>
                {found().ok ? t("views.settings.doctor.well") : t(
                  "views.settings.doctor.unwell",
                  found().findings.filter(({ ok }) => !ok).length,
                )}
              </p>
              <ul class="findings">
                <For each={found().findings}>
                  {({ name, ok, text }) => (
                    <li classList={{ "is-unwell": !ok }}>
                      {ok
                        ? <CircleCheck size={16} aria-label={t("views.settings.doctor.ok")} />
                        : <CircleAlert size={16} aria-label={t("views.settings.doctor.notOk")} />}
                      <strong>
                        {isKnown(name) ? t(`views.settings.doctor.names.${name}`) : name}
                      </strong>
                      <span>{text}</span>
                    </li>
                  )}
                </For>
              </ul>
            </div>
          )}
        </Show>
      }
    >
      {() => <Button busy={busy()} onClick={run}>{t("views.settings.doctor.run")}</Button>}
    </SettingRow>
  );
}

function ExportDiagnostics(): JSX.Element {
  const { t } = useI18n();
  const { bridge } = useApp();
  const [path, setPath] = createSignal<string | null>(null);
  const run = () =>
    void bridge.call("diagnostics.export", {}, { deadline: 60_000 })
      .then((written) => setPath(written.path), (error) => toastError(error, t));
  return (
    <SettingRow
      title={t("views.settings.export.title")}
      text={t("views.settings.export.text")}
      below={
        <Show when={path()}>
          {(written) => <p role="status">{t("views.settings.export.done", { path: written() })}</p>}
        </Show>
      }
    >
      {() => <Button onClick={run}>{t("views.settings.export.run")}</Button>}
    </SettingRow>
  );
}

function LogTail(): JSX.Element {
  const { t } = useI18n();
  const { bridge } = useApp();
  const [lines, { refetch }] = createResource(() =>
    bridge.call("log.tail", { lines: 300 }).then((log) => log.lines, () => [])
  );
  return (
    <SettingRow
      title={t("views.settings.log.title")}
      text={t("views.settings.log.text")}
      below={
        <pre class="log" tabindex="0" aria-label={t("views.settings.log.title")}>
          {lines.latest?.length ? lines.latest.map(logLine).join("\n") : t("views.settings.log.empty")}
        </pre>
      }
    >
      {() => <Button onClick={() => void refetch()}>{t("views.settings.log.refresh")}</Button>}
    </SettingRow>
  );
}
