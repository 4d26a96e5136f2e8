import { type JSX, Show } from "solid-js";
import type { Settings } from "../../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../../i18n/i18n.tsx";
import { Segmented } from "../../../ui/segmented.tsx";
import { SettingRow } from "../setting_row.tsx";
import { useSetting } from "../use_setting.ts";
import { TimeField } from "./time_field.tsx";

type Night = NonNullable<Settings["nightlyVerify"]>;

/** What it starts with: an hour's reading of a slow disk. */
const FIRST_NIGHT: Night = { gigabytes: 50, from: 2 * 60, to: 5 * 60 };

const MOST_GIGABYTES = 100_000;

export function NightlyVerifySetting(): JSX.Element {
  const { t } = useI18n();
  const [night, setNight] = useSetting("nightlyVerify");
  const change = (changes: Partial<Night>) => setNight({ ...FIRST_NIGHT, ...night(), ...changes });
  return (
    <SettingRow
      title={t("views.verify.nightly.title")}
      text={t("views.verify.nightly.text")}
      below={
        <Show when={night()}>
          {(plan) => (
            <div class="window-line">
              <TimeField
                label={t("views.settings.windows.from")}
                value={plan().from}
                onChange={(from) => change({ from })}
              />
              <TimeField
                label={t("views.settings.windows.to")}
                value={plan().to}
                onChange={(to) => change({ to })}
              />
              <label class="rate-field">
                <span class="visually-hidden">{t("views.verify.nightly.gigabytes")}</span>
                <input
                  class="text-input"
                  type="number"
                  min="1"
                  max={MOST_GIGABYTES}
                  title={t("views.verify.nightly.invalid")}
                  value={plan().gigabytes}
                  onChange={(event) => {
                    const field = event.currentTarget;
                    const gigabytes = Number(field.value);
                    const isValid = Number.isInteger(gigabytes) && gigabytes >= 1 &&
                      gigabytes <= MOST_GIGABYTES;
                    if (isValid) change({ gigabytes });
                    else field.value = String(plan().gigabytes);
                  }}
                />
                {t("views.verify.nightly.unit")}
              </label>
            </div>
          )}
        </Show>
      }
    >
      {() => (
        <Segmented
          aria-label={t("views.verify.nightly.title")}
          value={night() ? "on" : "off"}
          onChange={(value) => setNight(value === "off" ? null : FIRST_NIGHT)}
          options={(["off", "on"] as const).map((value) => ({
            value,
            label: t(`views.verify.nightly.${value}`),
          }))}
        />
      )}
    </SettingRow>
  );
}
