import { useNavigate } from "@solidjs/router";
import {
  ChevronDown,
  ChevronsDown,
  ChevronsUp,
  ChevronUp,
  FolderTree,
  Pause,
  Play,
  RotateCw,
  X,
} from "lucide-solid";
import { type JSX, Match, Show, Switch } from "solid-js";
import type { JobRow } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { IconButton } from "../../ui/icon_button.tsx";
import { Menu } from "../../ui/menu.tsx";
import { ProgressBar } from "../../ui/progress_bar.tsx";
import { Thumbnail } from "../../ui/thumbnail.tsx";
import { failureText } from "../../ui/failure.ts";
import type { QueueModel } from "./queue_model.ts";

/** One file of the queue. */
export function JobLine(props: {
  readonly job: JobRow;
  readonly model: QueueModel;
  readonly onCancel: (fileIds: readonly string[]) => void;
}): JSX.Element {
  const { t, format } = useI18n();
  const { status } = useApp();
  const navigate = useNavigate();
  const id = () => props.job.fileId;
  const transfer = () => props.model.transfer(id());
  const size = () => transfer()?.size ?? props.job.size;
  const timeLeft = () => {
    const now = transfer();
    if (!now || now.size === null || now.speed <= 0) return null;
    return format().duration((now.size - now.done) / now.speed * 1000);
  };
  const failure = () => {
    const { reason, message, hint } = props.job;
    return failureText({ code: reason, message, hint }, t);
  };
  const move = (to: "front" | "back" | "up" | "down") => props.model.move([id()], to);
  return (
    <>
      <input
        type="checkbox"
        class="tick"
        aria-label={t("views.downloads.selectRow", { name: props.job.name })}
        checked={props.model.selected().has(id())}
        onChange={(event) => props.model.select(id(), event.currentTarget.checked)}
      />
      <Thumbnail assetId={props.job.assetId} title={props.job.title} />
      <div class="job-text">
        <span class="job-name" title={props.job.path}>{props.job.name}</span>
        <span class="job-title">{props.job.title}</span>
      </div>
      <div class="job-state">
        <Switch fallback={<span>{t(`views.downloads.state.${props.job.state}`)}</span>}>
          <Match when={transfer()}>
            {(now) => (
              <>
                <ProgressBar
                  label={t("views.downloads.progressOf", { name: props.job.name })}
                  value={size() === null ? null : now().done / Math.max(1, size() ?? 1)}
                />
                <span class="job-figures">
                  <span>
                    {size() === null ? format().bytes(now().done) : t("views.downloads.of", {
                      done: format().bytes(now().done),
                      size: format().bytes(size() ?? 0),
                    })}
                  </span>
                  <span>{format().speed(now().speed)}</span>
                  <Show when={timeLeft()}>
                    {(time) => <span>{t("views.downloads.left", { time: time() })}</span>}
                  </Show>
                </span>
              </>
            )}
          </Match>
          <Match when={props.job.state === "failed"}>
            <span class="job-failure" title={failure().what}>{failure().what}</span>
            <span class="job-title">{failure().remedy}</span>
          </Match>
          <Match when={props.job.state === "queued" && status()?.paused}>
            <span>{t("views.downloads.state.held")}</span>
          </Match>
          <Match when={props.job.state === "queued" && props.job.notBefore > Date.now()}>
            <span class="job-cause" title={failure().what}>{failure().what}</span>
            <span class="job-title">
              {t("views.downloads.state.retry", { time: format().relative(props.job.notBefore) })}
            </span>
          </Match>
        </Switch>
      </div>
      <span class="job-size">{size() === null ? "" : format().bytes(size() ?? 0)}</span>
      <div class="job-actions">
        <Switch
          fallback={
            <IconButton
              label={t("views.downloads.pause")}
              icon={Pause}
              onClick={() => props.model.pause({ fileIds: [id()] })}
            />
          }
        >
          <Match when={props.job.state === "failed"}>
            <IconButton
              label={t("views.downloads.retry")}
              icon={RotateCw}
              onClick={() => props.model.retry({ fileIds: [id()] })}
            />
          </Match>
          <Match when={props.job.state === "paused"}>
            <IconButton
              label={t("views.downloads.resume")}
              icon={Play}
              onClick={() => props.model.resume({ fileIds: [id()] })}
            />
          </Match>
        </Switch>
        <IconButton
          label={t("views.downloads.cancel")}
          icon={X}
          onClick={() => props.onCancel([id()])}
        />
        <Menu
          label={t("more")}
          items={[
            {
              label: t("views.downloads.toFront"),
              icon: ChevronsUp,
              onSelect: () => move("front"),
            },
            { label: t("views.downloads.up"), icon: ChevronUp, onSelect: () => move("up") },
            { label: t("views.downloads.down"), icon: ChevronDown, onSelect: () => move("down") },
            {
              label: t("views.downloads.toBack"),
              icon: ChevronsDown,
              onSelect: () => move("back"),
            },
            {
              label: t("views.downloads.show"),
              icon: FolderTree,
              onSelect: () => navigate(`/explorer/${encodeURIComponent(props.job.assetId)}`),
            },
          ]}
        />
      </div>
    </>
  );
}
