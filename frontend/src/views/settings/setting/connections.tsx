import type { JSX } from "solid-js";
import { useI18n } from "../../../i18n/i18n.tsx";
import { Slider } from "../../../ui/slider.tsx";
import { SettingRow } from "../setting_row.tsx";
import { useSetting } from "../use_setting.ts";

export function ConnectionsSetting(): JSX.Element {
  const { t } = useI18n();
  const [connections, setConnections] = useSetting("connections");
  return (
    <SettingRow
      title={t("views.settings.connections.title")}
      text={t("views.settings.connections.text")}
    >
      {() => (
        <Slider
          label={t("views.settings.connections.title")}
          min={1}
          max={8}
          value={connections() ?? 4}
          format={(n: number) => t("views.settings.connections.value", n)}
          onChange={setConnections}
        />
      )}
    </SettingRow>
  );
}
