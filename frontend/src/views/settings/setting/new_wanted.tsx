import type { JSX } from "solid-js";
import { useI18n } from "../../../i18n/i18n.tsx";
import { Segmented } from "../../../ui/segmented.tsx";
import { SettingRow } from "../setting_row.tsx";
import { useSetting } from "../use_setting.ts";

export function NewWantedSetting(): JSX.Element {
  const { t } = useI18n();
  const [wanted, setWanted] = useSetting("newWanted");
  return (
    <SettingRow
      title={t("views.settings.newWanted.title")}
      text={t("views.settings.newWanted.text")}
    >
      {() => (
        <Segmented
          aria-label={t("views.settings.newWanted.title")}
          value={wanted() ? "all" : "choose"}
          onChange={(value) => setWanted(value === "all")}
          options={(["all", "choose"] as const).map((value) => ({
            value,
            label: t(`views.settings.newWanted.${value}`),
          }))}
        />
      )}
    </SettingRow>
  );
}
