import type { JSX } from "solid-js";
import { useI18n } from "../../../i18n/i18n.tsx";
import { Segmented } from "../../../ui/segmented.tsx";
import { SettingRow } from "../setting_row.tsx";
import { useSetting } from "../use_setting.ts";

export function ThemeSetting(): JSX.Element {
  const { t } = useI18n();
  const [theme, setTheme] = useSetting("theme");
  return (
    <SettingRow title={t("views.settings.theme.title")} text={t("views.settings.theme.text")}>
      {() => (
        <Segmented
          aria-label={t("views.settings.theme.title")}
          value={theme() ?? "system"}
          onChange={setTheme}
          options={(["system", "light", "dark"] as const).map((value) => ({
            value,
            label: t(`views.settings.theme.${value}`),
          }))}
        />
      )}
    </SettingRow>
  );
}
