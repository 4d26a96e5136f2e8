import { createSignal, type JSX, Show } from "solid-js";
import { useI18n } from "../../../i18n/i18n.tsx";
import { useApp } from "../../../stores/app.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { SettingRow } from "../setting_row.tsx";
import { useSetting } from "../use_setting.ts";

/** On where both the user and the browser want it; the browser is asked at the click, never by itself. */
export function NotificationsSetting(): JSX.Element {
  const { t } = useI18n();
  const { notifications } = useApp().host;
  const [wanted, setWanted] = useSetting("notifications");
  const [permission, setPermission] = createSignal(notifications?.permission() ?? "denied");
  const set = async (on: boolean) => {
    if (on && permission() === "ask") {
      await notifications?.ask();
      setPermission(notifications?.permission() ?? "denied");
    }
    if (!on || permission() === "granted") setWanted(on);
  };
  return (
    <SettingRow
      title={t("views.settings.notifications.title")}
      text={t("views.settings.notifications.text")}
    >
      {() => (
        <Show
          when={permission() !== "denied"}
          fallback={<p class="setting-none">{t("views.settings.notifications.denied")}</p>}
        >
          <Switch
            aria-label={t("views.settings.notifications.title")}
            checked={(wanted() ?? false) && permission() === "granted"}
            onChange={(on) => void set(on)}
          />
        </Show>
      )}
    </SettingRow>
  );
}
