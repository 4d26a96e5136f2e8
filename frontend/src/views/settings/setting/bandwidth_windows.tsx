import { Plus, Trash2 } from "lucide-solid";
import { Index, type JSX, Show } from "solid-js";
import type { BandwidthWindow } from "../../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../../i18n/i18n.tsx";
import { Button } from "../../../ui/button.tsx";
import { IconButton } from "../../../ui/icon_button.tsx";
import { SettingRow } from "../setting_row.tsx";
import { useSetting } from "../use_setting.ts";
import { isRate } from "./rate.ts";
import { TimeField } from "./time_field.tsx";

/** What a new window starts with: the night, without a limit. */
const NIGHT: BandwidthWindow = { from: 22 * 60, to: 7 * 60, limit: null };

export function BandwidthWindowsSetting(): JSX.Element {
  const { t } = useI18n();
  const [windows, setWindows] = useSetting("bandwidthWindows");
  const all = () => windows() ?? [];
  const replace = (index: number, changes: Partial<BandwidthWindow>) =>
    setWindows(all().map((one, at) => at === index ? { ...one, ...changes } : { ...one }));
  return (
    <SettingRow
      title={t("views.settings.windows.title")}
      text={t("views.settings.windows.text")}
      below={
        <>
          <Show when={all().length === 0}>
            <p class="setting-none">{t("views.settings.windows.none")}</p>
          </Show>
          <Index each={all()}>
            {(one, index) => (
              <div class="window-line">
                <TimeField
                  label={t("views.settings.windows.from")}
                  value={one().from}
                  onChange={(from) => replace(index, { from })}
                />
                <TimeField
                  label={t("views.settings.windows.to")}
                  value={one().to}
                  onChange={(to) => replace(index, { to })}
                />
                <label class="rate-field">
                  <span class="visually-hidden">{t("views.settings.windows.limit")}</span>
                  <input
                    class="text-input"
                    type="number"
                    min="10"
                    max="10000000"
                    placeholder={t("views.settings.bandwidth.unlimited")}
                    value={one().limit ?? ""}
                    onChange={(event) => {
                      const field = event.currentTarget;
                      if (field.value === "") replace(index, { limit: null });
                      else if (isRate(Number(field.value))) {
                        replace(index, {
                          limit: Number(field.value),
                        });
                      } else field.value = String(one().limit ?? "");
                    }}
                  />
                  {t("views.settings.bandwidth.unit")}
                </label>
                <IconButton
                  label={t("views.settings.windows.remove")}
                  icon={Trash2}
                  onClick={() =>
                    setWindows(all().filter((_, at) => at !== index).map((w) => ({ ...w })))}
                />
              </div>
            )}
          </Index>
        </>
      }
    >
      {() => (
        <Button
          icon={Plus}
          disabled={all().length >= 24}
          onClick={() => setWindows([...all().map((w) => ({ ...w })), NIGHT])}
        >
          {t("views.settings.windows.add")}
        </Button>
      )}
    </SettingRow>
  );
}
