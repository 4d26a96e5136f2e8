import { createResource, For, type JSX, onCleanup, Show } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { onFresh, useApp } from "../../stores/app.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Switch } from "../../ui/switch.tsx";
import { toastError } from "../../ui/toast.tsx";

const TONES = { "built-in": "ok", unsigned: "warn", invalid: "danger" } as const;

/** The plugins with what they may do. */
export function PluginList(): JSX.Element {
  const { t } = useI18n();
  const { bridge } = useApp();
  const [plugins, { mutate, refetch }] = createResource(() =>
    bridge.call("plugins.list", {}).catch(() => undefined)
  );
  onCleanup(onFresh(bridge, () => void refetch()));
  const enable = (id: string, enabled: boolean) =>
    void bridge.call("plugins.setEnabled", { id, enabled }).then(mutate, (error) => {
      toastError(error, t);
      void refetch();
    });
  return (
    <>
      <p class="settings-lead">{t("views.settings.plugins.text")}</p>
      <For
        each={plugins.latest}
        fallback={
          <p class="setting-none">
            {plugins.loading ? t("loading") : t("views.settings.plugins.none")}
          </p>
        }
      >
        {(plugin) => (
          <section class="plugin">
            <header>
              <h3>{plugin.name}</h3>
              <Badge tone={TONES[plugin.state]}>
                {t(`views.settings.plugins.state.${plugin.state}`)}
              </Badge>
              <span class="plugin-version">
                {t("views.settings.plugins.version", { version: plugin.version || "–" })}
              </span>
              <span class="selection-bar-space" />
              <Switch
                aria-label={t("views.settings.plugins.enable", { name: plugin.name })}
                checked={plugin.enabled}
                disabled={plugin.state !== "built-in"}
                onChange={(enabled) => enable(plugin.id, enabled)}
              />
            </header>
            <Show when={plugin.reason}>{(reason) => <p class="field-error">{reason()}</p>}</Show>
            <dl>
              <dt>{t("views.settings.plugins.permissions")}</dt>
              <dd>
                <ul>
                  <For each={plugin.permissions}>{(permission) => <li>{permission}</li>}</For>
                </ul>
              </dd>
            </dl>
          </section>
        )}
      </For>
    </>
  );
}
