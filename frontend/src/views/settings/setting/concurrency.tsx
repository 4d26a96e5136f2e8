import type { JSX } from "solid-js";
import { useI18n } from "../../../i18n/i18n.tsx";
import { Slider } from "../../../ui/slider.tsx";
import { SettingRow } from "../setting_row.tsx";
import { useSetting } from "../use_setting.ts";

export function ConcurrencySetting(): JSX.Element {
  const { t } = useI18n();
  const [concurrency, setConcurrency] = useSetting("concurrency");
  return (
    <SettingRow
      title={t("views.settings.concurrency.title")}
      text={t("views.settings.concurrency.text")}
    >
      {() => (
        <Slider
          label={t("views.settings.concurrency.title")}
          min={1}
          max={16}
          value={concurrency() ?? 3}
          format={(n: number) => t("views.settings.concurrency.value", n)}
          onChange={setConcurrency}
        />
      )}
    </SettingRow>
  );
}
