import type { JSX } from "solid-js";
import { type Language, LANGUAGE_NAMES, useI18n } from "../../../i18n/i18n.tsx";
import { Select } from "../../../ui/select.tsx";
import { SettingRow } from "../setting_row.tsx";
import { useSetting } from "../use_setting.ts";

export function LanguageSetting(): JSX.Element {
  const { t } = useI18n();
  const [language, setLanguage] = useSetting("language");
  const options = () => [
    { value: "system" as const, label: t("views.settings.language.system") },
    ...(Object.keys(LANGUAGE_NAMES) as Language[]).map((value) => ({
      value,
      label: LANGUAGE_NAMES[value],
    })),
  ];
  return (
    <SettingRow title={t("views.settings.language.title")} text={t("views.settings.language.text")}>
      {() => (
        <Select<"system" | Language>
          aria-label={t("views.settings.language.title")}
          value={language() ?? "system"}
          options={options()}
          onChange={setLanguage}
        />
      )}
    </SettingRow>
  );
}
