import { createSignal, type JSX, Show } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/checkbox.tsx";
import { useSetting } from "../settings/use_setting.ts";

/** The folder from which the app takes what the browser has fetched: off until the user says so. */
export function WatchFolder(props: {
  readonly problem: "missing" | "inLibrary" | null;
  /** Where browsers save to mostly. */
  readonly suggestion: string;
}): JSX.Element {
  const { t } = useI18n();
  const { host } = useApp();
  const [folder, setFolder] = useSetting("watchFolder");
  const [move, setMove] = useSetting("watchMove");
  const [typed, setTyped] = createSignal<string | null>(null);
  const entered = () => typed() ?? props.suggestion;

  async function pick(): Promise<void> {
    const chosen = await host.pickFolder?.(t("views.downloads.handover.watch"), entered());
    if (chosen) setTyped(chosen);
  }

  return (
    <form
      class="watch-folder"
      onSubmit={(event) => {
        event.preventDefault();
        if (entered().trim() !== "") setFolder(entered().trim());
      }}
    >
      <Show
        when={folder()}
        fallback={
          <>
            <label>
              <span class="field-label">{t("views.downloads.handover.watchText")}</span>
              <input
                class="text-input"
                value={entered()}
                spellcheck={false}
                onInput={(event) => setTyped(event.currentTarget.value)}
              />
            </label>
            <Show when={host.pickFolder}>
              <Button onClick={() => void pick()}>{t("views.settings.root.pick")}</Button>
            </Show>
            <Button type="submit">{t("views.downloads.handover.watch")}</Button>
          </>
        }
      >
        {(watched) => (
          <>
            <span role="status">
              {props.problem === null
                ? t("views.downloads.handover.watched", { folder: watched() })
                : t(`views.downloads.handover.problem.${props.problem}`, { folder: watched() })}
            </span>
            <Checkbox
              label={t("views.downloads.handover.move")}
              checked={move() ?? false}
              onChange={setMove}
            />
            <Button onClick={() => setFolder(null)}>{t("views.downloads.handover.stop")}</Button>
          </>
        )}
      </Show>
    </form>
  );
}
