import { createSignal, type JSX, onCleanup, Show } from "solid-js";
import type { Events, RootCheck } from "../../../../../extensions/sync-engine/protocol.ts";
import { BridgeError } from "../../../bridge/bridge.ts";
import { useI18n } from "../../../i18n/i18n.tsx";
import { useApp } from "../../../stores/app.tsx";
import { Button } from "../../../ui/button.tsx";
import { ProgressBar } from "../../../ui/progress_bar.tsx";
import { toast, toastError } from "../../../ui/toast.tsx";
import { SettingRow } from "../setting_row.tsx";

/** Where the library is; to move it, or to use another folder. */
export function RootSetting(): JSX.Element {
  const { t, format } = useI18n();
  const { bridge, host, settings, status } = useApp();
  const [editing, setEditing] = createSignal(false);
  const [path, setPath] = createSignal("");
  const [check, setCheck] = createSignal<RootCheck | null>(null);
  const [problem, setProblem] = createSignal<string | null>(null);
  const [moved, setMoved] = createSignal<Events["rootProgress"] | null>(null);
  onCleanup(bridge.on("rootProgress", setMoved));
  onCleanup(bridge.on("rootChanged", (news) => {
    setMoved(null);
    if ("error" in news) return toastError(new BridgeError(news.error), t);
    setEditing(false);
    toast({ text: t("views.settings.root.moved", { root: news.root }) });
  }));

  async function look(): Promise<void> {
    setCheck(null);
    setProblem(null);
    if (path().trim() === "") return;
    try {
      const found = await bridge.call("root.check", { path: path().trim() });
      if (found.problem === null) setCheck(found);
      else setProblem(found.problem);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }

  async function pick(): Promise<void> {
    const chosen = await host.pickFolder?.(
      t("views.settings.root.pickTitle"),
      settings()?.root ?? "",
    );
    if (!chosen) return;
    setPath(chosen);
    await look();
  }

  const change = (how: "move" | "adopt") =>
    void bridge.call("root.change", { path: check()?.path ?? "", how })
      .catch((error) => toastError(error, t));

  const findings = (found: RootCheck) =>
    [
      !found.exists
        ? t("views.settings.root.isNew")
        : found.library === "own"
        ? t("views.settings.root.isOwn")
        : found.library === "other"
        ? t("views.settings.root.isOther")
        : found.empty
        ? t("views.settings.root.isEmpty")
        : t("views.settings.root.hasOther"),
      found.free === null
        ? ""
        : t("views.settings.root.free", { size: format().bytes(found.free) }),
    ].join(" ");

  return (
    <SettingRow
      title={t("views.settings.root.title")}
      text={t("views.settings.root.text")}
      below={
        <>
          <code class="root-path">{settings()?.root}</code>
          <Show when={moved() ?? (status()?.busy === "move" ? { bytes: 0, ofBytes: 1 } : null)}>
            {(now) => (
              <div class="root-moving">
                <ProgressBar
                  label={t("views.settings.root.title")}
                  value={now().bytes / Math.max(1, now().ofBytes)}
                />
                <span>
                  {t("views.settings.root.moving", {
                    done: format().bytes(now().bytes),
                    all: format().bytes(now().ofBytes),
                  })}
                </span>
                <Button onClick={() => void bridge.call("sync.stop", {})}>
                  {t("views.settings.root.stop")}
                </Button>
              </div>
            )}
          </Show>
          <Show when={editing() && status()?.busy !== "move"}>
            <form
              class="root-form"
              onSubmit={(event) => {
                event.preventDefault();
                void look();
              }}
            >
              <label>
                <span class="field-label">{t("views.settings.root.path")}</span>
                <input
                  class="text-input"
                  value={path()}
                  spellcheck={false}
                  aria-invalid={problem() !== null}
                  onInput={(event) => {
                    setPath(event.currentTarget.value);
                    setCheck(null);
                  }}
                />
              </label>
              <Show
                when={host.pickFolder}
                fallback={<Button type="submit">{t("views.settings.root.check")}</Button>}
              >
                <Button onClick={() => void pick()}>{t("views.settings.root.pick")}</Button>
                <Button type="submit">{t("views.settings.root.check")}</Button>
              </Show>
            </form>
            <Show when={problem()}>
              {(text) => <p class="field-error" role="alert">{text()}</p>}
            </Show>
            <Show when={check()}>
              {(found) => (
                <div class="root-choice" role="status">
                  <p>{findings(found())}</p>
                  <Show
                    when={status()?.busy === null}
                    fallback={<p>{t("views.settings.root.notWhileBusy")}</p>}
                  >
                    <Show when={found().library !== "other"}>
                      <div>
                        <Button onClick={() => change("adopt")}>
                          {t("views.settings.root.adopt")}
                        </Button>
                        <span>{t("views.settings.root.adoptText")}</span>
                      </div>
                      <Show when={found().library === null}>
                        <div>
                          <Button variant="primary" onClick={() => change("move")}>
                            {t("views.settings.root.move")}
                          </Button>
                          <span>{t("views.settings.root.moveText")}</span>
                        </div>
                      </Show>
                    </Show>
                  </Show>
                </div>
              )}
            </Show>
          </Show>
        </>
      }
    >
      {() => (
        <Button onClick={() => setEditing(!editing())} aria-expanded={editing()}>
          {t("views.settings.root.change")}
        </Button>
      )}
    </SettingRow>
  );
}
