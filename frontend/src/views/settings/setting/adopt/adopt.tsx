import "./adopt.css";
import { createSignal, For, type JSX, onCleanup, Show } from "solid-js";
import type { AdoptSummary } from "../../../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../../../i18n/i18n.tsx";
import { useApp } from "../../../../stores/app.tsx";
import { Button } from "../../../../ui/button.tsx";
import { ProgressBar } from "../../../../ui/progress_bar.tsx";
import { Segmented } from "../../../../ui/segmented.tsx";
import { toastError } from "../../../../ui/toast.tsx";
import { SettingRow } from "../../setting_row.tsx";
import { createAdoption } from "./adoption_store.ts";
import { Unclear } from "./unclear.tsx";

const WAYS = ["copy", "move", "link"] as const;

/** Takes over files that the user has already. */
export function AdoptSetting(): JSX.Element {
  const { t, format } = useI18n();
  const { bridge, host, status } = useApp();
  const [open, setOpen] = createSignal(false);
  const [folder, setFolder] = createSignal("");
  const [how, setHow] = createSignal<(typeof WAYS)[number]>("copy");
  const adoption = createAdoption(bridge, (error) => toastError(error, t));
  onCleanup(adoption.dispose);
  const running = () => status()?.busy === "adopt";
  const idle = () => status()?.busy === null;
  const run = (dryRun: boolean) => {
    if (folder().trim() !== "") adoption.run({ folder: folder().trim(), how: how(), dryRun });
  };

  async function pick(): Promise<void> {
    const chosen = await host.pickFolder?.(t("views.onDisk.adopt.title"), folder());
    if (chosen) setFolder(chosen);
  }

  return (
    <SettingRow
      title={t("views.onDisk.adopt.title")}
      text={t("views.onDisk.adopt.text")}
      below={
        <Show when={open() || running()}>
          <form
            class="root-form"
            onSubmit={(event) => {
              event.preventDefault();
              run(true);
            }}
          >
            <label>
              <span class="field-label">{t("views.onDisk.adopt.folder")}</span>
              <input
                class="text-input"
                value={folder()}
                spellcheck={false}
                onInput={(event) => setFolder(event.currentTarget.value)}
              />
            </label>
            <Show when={host.pickFolder}>
              <Button onClick={() => void pick()}>{t("views.settings.root.pick")}</Button>
            </Show>
          </form>
          <div class="adopt-how">
            <Segmented
              aria-label={t("views.onDisk.adopt.how")}
              value={how()}
              onChange={setHow}
              options={WAYS.map((value) => ({ value, label: t(`views.onDisk.adopt.${value}`) }))}
            />
            <p>{t(`views.onDisk.adopt.${how()}Text`)}</p>
          </div>
          <div class="adopt-actions">
            <Show
              when={!running()}
              fallback={<Button onClick={adoption.stop}>{t("views.onDisk.adopt.stop")}</Button>}
            >
              <Button disabled={!idle() || folder().trim() === ""} onClick={() => run(true)}>
                {t("views.onDisk.adopt.look")}
              </Button>
              <Button
                variant="primary"
                disabled={!idle() || folder().trim() === ""}
                onClick={() => run(false)}
              >
                {t("views.onDisk.adopt.run")}
              </Button>
            </Show>
          </div>
          <Show when={running()}>
            <div class="root-moving">
              <ProgressBar label={t("views.onDisk.adopt.title")} value={null} />
              <span>
                {adoption.progress() === null
                  ? t("views.onDisk.adopt.finding")
                  : t("views.onDisk.adopt.running", {
                    looked: format().count(adoption.progress()?.looked ?? 0),
                    adopted: format().count(adoption.progress()?.adopted ?? 0),
                  })}
              </span>
            </div>
          </Show>
          <Show when={adoption.summary()}>{(sums) => <Summary sums={sums()} />}</Show>
          <Unclear adoption={adoption} idle={idle()} />
        </Show>
      }
    >
      {() => (
        <Button onClick={() => setOpen(!open())} aria-expanded={open()}>
          {t("views.onDisk.adopt.open")}
        </Button>
      )}
    </SettingRow>
  );
}

const BY = ["sidecar", "sha256", "name", "chosen"] as const;
const OTHERS = ["here", "ambiguous", "unknown", "own", "failed"] as const;

/** Every file that was looked at is in one of the numbers. */
function Summary(props: { readonly sums: AdoptSummary }): JSX.Element {
  const { t, format } = useI18n();
  const head = () =>
    t(
      props.sums.dryRun ? "views.onDisk.adopt.would" : "views.onDisk.adopt.took",
      props.sums.adopted,
    );
  const parts = () =>
    [
      ...BY.map((way) => [props.sums.by[way], t(`views.onDisk.adopt.ways.${way}`)] as const),
      ...OTHERS.map((what) => [props.sums[what], t(`views.onDisk.adopt.others.${what}`)] as const),
    ].filter(([n]) => n > 0);
  return (
    <div class="adopt-summary" role="status">
      <p>{`${head()} (${format().bytes(props.sums.bytes)})`}</p>
      <ul>
        <For each={parts()}>{([n, what]) => <li>{`${format().count(n)} ${what}`}</li>}</For>
      </ul>
    </div>
  );
}
