import { A } from "@solidjs/router";
import { For, type JSX, Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import { useI18n } from "../i18n/i18n.tsx";
import { useApp } from "../stores/app.tsx";
import { Tooltip, type TooltipTriggerProps } from "../ui/tooltip.tsx";
import { Mark } from "./mark.tsx";
import { createNarrow } from "./narrow.ts";
import { NAV } from "./nav.ts";
import "./sidebar.css";
import { SyncCard } from "./sync_card.tsx";

/** The way to the views and how it stands with the sync; a rail of icons in narrow windows. */
export function Sidebar(): JSX.Element {
  const app = useApp();
  const { t, format } = useI18n();
  const narrow = createNarrow();
  const queued = () => {
    const queue = app.status()?.queue;
    return queue ? queue.queued + queue.running + queue.paused : 0;
  };
  return (
    <div class="sidebar">
      <header class="sidebar-app">
        <Mark />
        <span class="sidebar-text">{t("appName")}</span>
      </header>
      <nav aria-label={t("nav.label")}>
        <ul class="sidebar-nav">
          <For each={NAV}>
            {({ id, icon }) => (
              <li>
                <Tooltip
                  text={t(`nav.${id}`)}
                  placement="right"
                  disabled={!narrow()}
                  as={(trigger: TooltipTriggerProps<HTMLAnchorElement>) => (
                    <A {...trigger} href={`/${id}`} class="sidebar-link">
                      <Dynamic component={icon} size={16} aria-hidden="true" />
                      <span class="sidebar-text">{t(`nav.${id}`)}</span>
                      <Show when={id === "downloads" && queued() > 0}>
                        <span class="sidebar-count" title={t("sync.left", queued())}>
                          {format().count(queued())}
                        </span>
                      </Show>
                    </A>
                  )}
                />
              </li>
            )}
          </For>
        </ul>
      </nav>
      <SyncCard narrow={narrow()} />
    </div>
  );
}
