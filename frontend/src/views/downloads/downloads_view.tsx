import "./downloads.css";
import { useNavigate } from "@solidjs/router";
import { CircleCheck, Download, Pause, Play, RotateCw } from "lucide-solid";
import { createSignal, type JSX, Match, Show, Switch } from "solid-js";
import type { JobState } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { limitText, siteLimit } from "../../stores/site_limit.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty_state.tsx";
import { ErrorState } from "../../ui/error_state.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { HandoverList } from "./handover_list.tsx";
import { HistoryList } from "./history_list.tsx";
import { JobList } from "./job_list.tsx";
import { OfflineBanner } from "./offline_banner.tsx";
import { createQueueModel } from "./queue_model.ts";
import { SpeedChart } from "./speed_chart.tsx";

type Tab = "queue" | "failed" | "handover" | "history";

const [tab, setTab] = createSignal<Tab>("queue");

/** What is being fetched, what waits, and what became of the rest. */
export default function DownloadsView(): JSX.Element {
  const i18n = useI18n();
  const { t, format } = i18n;
  const { status, progress, waiting } = useApp();
  const queue = () => status()?.queue;
  const limit = () => {
    const now = status();
    return now && siteLimit(waiting(), now, Date.now());
  };
  return (
    <section class="downloads" aria-label={t("views.downloads.title")}>
      <header class="downloads-head">
        <div>
          <h1>{t("views.downloads.title")}</h1>
          <p class="downloads-summary">
            <span>{t("views.downloads.running", queue()?.running ?? 0)}</span>
            <span>{t("views.downloads.waiting", queue()?.queued ?? 0)}</span>
            <Show when={(queue()?.paused ?? 0) > 0}>
              <span>{t("views.downloads.held", queue()?.paused ?? 0)}</span>
            </Show>
            <Show when={(queue()?.failed ?? 0) > 0}>
              <span>{t("views.downloads.failed", queue()?.failed ?? 0)}</span>
            </Show>
          </p>
          <Show when={limit()}>
            {(limit) => <p class="downloads-limit" aria-live="polite">{limitText(limit(), i18n)}
            </p>}
          </Show>
          <p class="downloads-speed">{format().speed(progress().speed)}</p>
        </div>
        <SpeedChart />
      </header>
      <OfflineBanner />
      <div class="downloads-tabs">
        <Segmented<Tab>
          aria-label={t("views.downloads.tabs.label")}
          value={tab()}
          onChange={setTab}
          options={(["queue", "failed", "handover", "history"] as const).map((value) => ({
            value,
            label: t(`views.downloads.tabs.${value}`),
          }))}
        />
      </div>
      <div class="downloads-content">
        <Switch>
          <Match when={tab() === "queue"}>
            <Queue />
          </Match>
          <Match when={tab() === "failed"}>
            <Queue state="failed" />
          </Match>
          <Match when={tab() === "handover"}>
            <HandoverList />
          </Match>
          <Match when={tab() === "history"}>
            <HistoryList />
          </Match>
        </Switch>
      </div>
    </section>
  );
}

function Queue(props: { readonly state?: JobState }): JSX.Element {
  const { t } = useI18n();
  const { status } = useApp();
  const navigate = useNavigate();
  const model = createQueueModel(props.state);
  const { rows } = model;
  const isHeld = () => status()?.paused === true || (status()?.queue.paused ?? 0) > 0;
  return (
    <>
      <Show when={(rows.total() ?? 0) > 0}>
        <div class="downloads-filters">
          <Show
            when={props.state === "failed"}
            fallback={
              <>
                <Show when={isHeld()}>
                  <Button icon={Play} variant="primary" onClick={() => model.resume({})}>
                    {t("views.downloads.resumeAll")}
                  </Button>
                </Show>
                <Show when={!status()?.paused}>
                  <Button icon={Pause} onClick={() => model.pause({})}>
                    {t("views.downloads.pauseAll")}
                  </Button>
                </Show>
              </>
            }
          >
            <Button icon={RotateCw} onClick={() => model.retry({})}>
              {t("views.downloads.retryAll")}
            </Button>
          </Show>
        </div>
      </Show>
      <Switch>
        <Match when={rows.total() === null && rows.error()}>
          {(error) => <ErrorState error={error()} onRetry={rows.refresh} />}
        </Match>
        <Match when={rows.total() === null}>
          <Skeleton lines={6} />
        </Match>
        <Match when={rows.total() === 0 && props.state === "failed"}>
          <EmptyState
            icon={CircleCheck}
            title={t("views.downloads.noFailures.title")}
            text={t("views.downloads.noFailures.text")}
          />
        </Match>
        <Match when={rows.total() === 0}>
          <EmptyState
            icon={Download}
            title={t("views.downloads.empty.title")}
            text={t("views.downloads.empty.text")}
            actions={
              <Button onClick={() => navigate("/library")}>
                {t("views.downloads.empty.action")}
              </Button>
            }
          />
        </Match>
        <Match when={rows.total() !== null}>
          <JobList model={model} label={t("views.downloads.title")} />
        </Match>
      </Switch>
    </>
  );
}
