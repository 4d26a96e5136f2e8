import { createResource, type JSX, Show } from "solid-js";
import { useI18n } from "../../../i18n/i18n.tsx";
import { useApp } from "../../../stores/app.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { toastError } from "../../../ui/toast.tsx";
import { SettingRow } from "../setting_row.tsx";

const NOT_AVAILABLE = { available: false, enabled: false };

export function AutoLaunchSetting(): JSX.Element {
  const { t } = useI18n();
  const { bridge } = useApp();
  const [state, { mutate, refetch }] = createResource(
    () => bridge.call("autoLaunch.get", {}).catch(() => NOT_AVAILABLE),
    { initialValue: NOT_AVAILABLE },
  );
  const set = (enabled: boolean) =>
    void bridge.call("autoLaunch.set", { enabled }).then(mutate, (error) => {
      toastError(error, t);
      void refetch();
    });
  return (
    <Show when={state.latest?.available}>
      <SettingRow
        title={t("views.settings.autoLaunch.title")}
        text={t("views.settings.autoLaunch.text")}
      >
        {() => (
          <Switch
            aria-label={t("views.settings.autoLaunch.title")}
            checked={state.latest?.enabled ?? false}
            onChange={set}
          />
        )}
      </SettingRow>
    </Show>
  );
}
