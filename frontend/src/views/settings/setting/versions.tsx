import { createResource, createSignal, type JSX, Show } from "solid-js";
import { useI18n } from "../../../i18n/i18n.tsx";
import { onEngine, useApp } from "../../../stores/app.tsx";
import { Button } from "../../../ui/button.tsx";
import { ConfirmDialog } from "../../../ui/confirm_dialog.tsx";
import { Select } from "../../../ui/select.tsx";
import { toast, toastError } from "../../../ui/toast.tsx";
import { SettingRow } from "../setting_row.tsx";

const AGES = ["all", "30", "180", "365"] as const;

/** Every model folder is looked at. Milliseconds. */
const DEADLINE = 120_000;

/** How much old versions take, and to delete them. */
export function VersionsTask(): JSX.Element {
  const { t, format } = useI18n();
  const { bridge } = useApp();
  const [age, setAge] = createSignal<(typeof AGES)[number]>("all");
  const [asking, setAsking] = createSignal(false);
  // With a value to begin with the page does not wait for it.
  const [kept, { refetch }] = createResource(
    () =>
      bridge.call("versions.list", { limit: 1 }, { deadline: DEADLINE }).catch((error) => {
        toastError(error, t);
        return null;
      }),
    { initialValue: null },
  );
  onEngine("syncEnded", () => void refetch());
  const drop = async () => {
    const olderThan = age() === "all" ? {} : { olderThan: Number(age()) };
    const { dropped } = await bridge.call("versions.drop", olderThan, { deadline: DEADLINE });
    toast({ text: t("views.onDisk.versions.dropped", dropped), tone: "ok" });
    await refetch();
  };
  return (
    <SettingRow
      title={t("views.onDisk.versions.title")}
      text={t("views.onDisk.versions.text")}
      below={
        <p role="status">
          <Show when={!kept.loading || kept.latest} fallback={t("loading")}>
            {kept.latest?.total
              ? `${t("views.onDisk.versions.sum", kept.latest.total)} · ${
                format().bytes(kept.latest.bytes)
              }`
              : t("views.onDisk.versions.none")}
          </Show>
        </p>
      }
    >
      {() => (
        <>
          <Select
            aria-label={t("views.onDisk.versions.age")}
            value={age()}
            onChange={setAge}
            disabled={!kept.latest?.total}
            options={AGES.map((value) => ({
              value,
              label: t(`views.onDisk.versions.ages.${value}`),
            }))}
          />
          <Button disabled={!kept.latest?.total} onClick={() => setAsking(true)}>
            {t("views.onDisk.versions.dropAll")}
          </Button>
          <ConfirmDialog
            open={asking()}
            title={age() === "all"
              ? t("views.onDisk.versions.dropTitle", kept.latest?.total ?? 0)
              : `${t("views.onDisk.versions.dropAll")} ${t(`views.onDisk.versions.ages.${age()}`)}`}
            text={t("views.onDisk.versions.dropText", {
              size: format().bytes(kept.latest?.bytes ?? 0),
            })}
            confirm={t("views.onDisk.versions.drop")}
            danger
            onConfirm={drop}
            onClose={() => setAsking(false)}
          />
        </>
      )}
    </SettingRow>
  );
}
