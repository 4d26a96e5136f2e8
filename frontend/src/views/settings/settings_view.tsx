import "./settings.css";
import { A, useParams } from "@solidjs/router";
import { For, type JSX, Match, Show, Switch } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Diagnostics } from "./diagnostics.tsx";
import { PluginList } from "./plugin_list.tsx";
import { AdoptSetting } from "./setting/adopt/adopt.tsx";
import { AutoLaunchSetting } from "./setting/auto_launch.tsx";
import { BandwidthSetting } from "./setting/bandwidth.tsx";
import { BandwidthWindowsSetting } from "./setting/bandwidth_windows.tsx";
import { ConcurrencySetting } from "./setting/concurrency.tsx";
import { ConnectionsSetting } from "./setting/connections.tsx";
import { ExportLibrary } from "./setting/export_library.tsx";
import { LanguageSetting } from "./setting/language.tsx";
import { NewWantedSetting } from "./setting/new_wanted.tsx";
import { NotificationsSetting } from "./setting/notifications.tsx";
import { RootSetting } from "./setting/root.tsx";
import { NightlyVerifySetting } from "./setting/nightly_verify.tsx";
import { ThemeSetting } from "./setting/theme.tsx";
import { VerifyLink } from "./setting/verify.tsx";
import { VersionsTask } from "./setting/versions.tsx";

const SECTIONS = ["library", "downloads", "appearance", "plugins", "diagnostics"] as const;

/** Everything that can be set, in sections. */
export default function SettingsView(): JSX.Element {
  const { t } = useI18n();
  const { hello, settings } = useApp();
  const params = useParams();
  const section = () => SECTIONS.find((one) => one === params["section"]) ?? "library";
  return (
    <section class="settings" aria-label={t("views.settings.title")}>
      <nav class="settings-nav" aria-label={t("views.settings.sections.label")}>
        <h1>{t("views.settings.title")}</h1>
        <For each={SECTIONS}>
          {(one) => (
            <A
              href={`/settings/${one}`}
              classList={{ "is-current": section() === one }}
              aria-current={section() === one ? "page" : undefined}
            >
              {t(`views.settings.sections.${one}`)}
            </A>
          )}
        </For>
        <Show when={hello()}>
          {(now) => (
            <p class="settings-version">
              {t("views.settings.about.version", { version: now().version })}
            </p>
          )}
        </Show>
      </nav>
      <div class="settings-page">
        <h2>{t(`views.settings.sections.${section()}`)}</h2>
        <Show when={settings()} fallback={<p>{t("loading")}</p>}>
          <Switch>
            <Match when={section() === "library"}>
              <RootSetting />
              <NewWantedSetting />
              <VerifyLink />
              <NightlyVerifySetting />
              <AdoptSetting />
              <VersionsTask />
              <ExportLibrary />
            </Match>
            <Match when={section() === "downloads"}>
              <ConcurrencySetting />
              <ConnectionsSetting />
              <BandwidthSetting />
              <BandwidthWindowsSetting />
            </Match>
            <Match when={section() === "appearance"}>
              <ThemeSetting />
              <LanguageSetting />
              <NotificationsSetting />
              <AutoLaunchSetting />
            </Match>
            <Match when={section() === "plugins"}>
              <PluginList />
            </Match>
            <Match when={section() === "diagnostics"}>
              <Diagnostics />
            </Match>
          </Switch>
        </Show>
      </div>
    </section>
  );
}
