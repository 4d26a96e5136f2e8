import { createEffect, createSignal, type JSX, on, Show } from "solid-js";
import { useI18n } from "../../../i18n/i18n.tsx";
import { Segmented } from "../../../ui/segmented.tsx";
import { SettingRow } from "../setting_row.tsx";
import { useSetting } from "../use_setting.ts";
import { isRate } from "./rate.ts";

/** What a limit starts with: 2 MB/s. */
const FIRST_LIMIT = 2000;

export function BandwidthSetting(): JSX.Element {
  const { t } = useI18n();
  const [limit, setLimit] = useSetting("bandwidth");
  const [text, setText] = createSignal("");
  createEffect(on(limit, (now) => setText(now === null || now === undefined ? "" : String(now))));
  const commit = () => {
    const value = Number(text());
    if (isRate(value) && value !== limit()) setLimit(value);
  };
  return (
    <SettingRow
      title={t("views.settings.bandwidth.title")}
      text={t("views.settings.bandwidth.text")}
      below={
        <Show when={typeof limit() === "number"}>
          <label class="rate-field">
            <span class="visually-hidden">{t("views.settings.bandwidth.value")}</span>
            <input
              class="text-input"
              type="number"
              min="10"
              max="10000000"
              value={text()}
              aria-invalid={!isRate(Number(text()))}
              onInput={(event) => setText(event.currentTarget.value)}
              onChange={commit}
            />
            {t("views.settings.bandwidth.unit")}
          </label>
          <Show when={!isRate(Number(text()))}>
            <p class="field-error" role="alert">{t("views.settings.bandwidth.invalid")}</p>
          </Show>
        </Show>
      }
    >
      {() => (
        <Segmented
          aria-label={t("views.settings.bandwidth.title")}
          value={limit() === null ? "unlimited" : "limited"}
          onChange={(value) => setLimit(value === "unlimited" ? null : FIRST_LIMIT)}
          options={(["unlimited", "limited"] as const).map((value) => ({
            value,
            label: t(`views.settings.bandwidth.${value}`),
          }))}
        />
      )}
    </SettingRow>
  );
}
