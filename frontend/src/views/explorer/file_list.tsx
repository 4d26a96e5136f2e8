import {
  Box,
  FileArchive,
  FileText,
  FolderOpen,
  HardDrive,
  Image,
  PackageOpen,
  RefreshCw,
  RotateCcw,
  Trash2,
} from "lucide-solid";
import { For, type JSX, Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import type { AssetDetail, AssetFileRow } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Badge } from "../../ui/badge.tsx";
import { failureText } from "../../ui/failure.ts";
import { Menu, type MenuItem } from "../../ui/menu.tsx";
import { isPdf, isPreviewable } from "./preview.tsx";

const TONES = { here: "ok", outdated: "warn", absent: "neutral", removed: "neutral" } as const;

/** The files of a model. */
export function FileList(props: {
  readonly asset: AssetDetail;
  /** Id of the file in the preview. */
  readonly shown: string | null;
  readonly onShow: (fileId: string) => void;
  readonly onReveal: (file: AssetFileRow) => void;
  readonly onRefetch: (file: AssetFileRow) => void;
  readonly onRestore: (file: AssetFileRow) => void;
  readonly onUnpack: (file: AssetFileRow) => void;
  readonly onRemove: (file: AssetFileRow) => void;
}): JSX.Element {
  const { t, format } = useI18n();
  const { hello } = useApp();
  const isHere = ({ state }: AssetFileRow) => state === "here" || state === "outdated";
  const icon = (file: AssetFileRow) =>
    file.kind === "image"
      ? Image
      : isPreviewable(file)
      ? Box
      : isPdf(file)
      ? FileText
      : FileArchive;
  const items = (file: AssetFileRow): MenuItem[] =>
    [
      hello()?.canReveal && isHere(file)
        ? {
          label: t("views.explorer.reveal"),
          icon: FolderOpen,
          onSelect: () => props.onReveal(file),
        }
        : null,
      file.state === "removed"
        ? {
          label: t("views.explorer.restore"),
          icon: RotateCcw,
          onSelect: () => props.onRestore(file),
        }
        : {
          label: t("views.explorer.refetch"),
          icon: RefreshCw,
          onSelect: () => props.onRefetch(file),
        },
      isHere(file) && /\.zip$/i.test(file.name)
        ? {
          label: t("views.explorer.unpack"),
          icon: PackageOpen,
          onSelect: () => props.onUnpack(file),
        }
        : null,
      isHere(file)
        ? {
          label: t("views.explorer.remove"),
          icon: Trash2,
          danger: true,
          onSelect: () => props.onRemove(file),
        }
        : null,
    ].filter((item) => item !== null);
  return (
    <section class="file-list" aria-label={t("views.explorer.files")}>
      <h3>{t("views.explorer.files")}</h3>
      <Show
        when={props.asset.fileRows.length > 0}
        fallback={
          <p class="preview-note">
            {props.asset.detailRevision === null
              ? t("views.explorer.notLooked")
              : t("views.explorer.noFiles")}
          </p>
        }
      >
        <ul>
          <For each={props.asset.fileRows}>
            {(file) => (
              <li classList={{ "is-shown": file.id === props.shown }}>
                <button
                  type="button"
                  class="file-name"
                  aria-pressed={file.id === props.shown}
                  onClick={() => props.onShow(file.id)}
                >
                  <Dynamic component={icon(file)} size={16} aria-hidden="true" />
                  <span title={file.path}>{file.name}</span>
                </button>
                <span class="file-size">{file.size === null ? "" : format().bytes(file.size)}</span>
                <LastRead file={file} />
                <FileState file={file} />
                <Menu label={`${t("more")}: ${file.name}`} items={items(file)} size="small" />
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}

/** When its bytes were last known to be right. */
function LastRead(props: { readonly file: AssetFileRow }): JSX.Element {
  const { t, format } = useI18n();
  const time = () =>
    verdictOf(props.file) ? null : props.file.verifiedAt ?? props.file.downloadedAt;
  const words = (at: number) => t("views.verify.lastRead", { time: format().relative(at) });
  return (
    <span class="file-read">
      <Show when={time()}>
        {(at) => <span title={`${words(at())}, ${format().dateTime(at())}`}>{words(at())}</span>}
      </Show>
    </span>
  );
}

/** What the last look said, unless it is being set right. */
export function verdictOf({ verdict, job }: AssetFileRow): Exclude<
  AssetFileRow["verdict"],
  "OK"
> {
  return job || verdict === "OK" ? null : verdict;
}

function FileState(props: { readonly file: AssetFileRow }): JSX.Element {
  const { t } = useI18n();
  const cause = ({ state, reason, message }: NonNullable<AssetFileRow["job"]>) =>
    state === "failed" ? failureText({ code: reason, message }, t).what : undefined;
  return (
    <Show
      when={verdictOf(props.file)}
      fallback={
        <Show
          when={props.file.job}
          fallback={
            <span class="file-state">
              <Show when={props.file.recognisedBy}>
                {(way) => (
                  <span title={t(`views.onDisk.recognised.${way()}`)}>
                    <HardDrive size={14} aria-label={t(`views.onDisk.recognised.${way()}`)} />
                  </span>
                )}
              </Show>
              <Badge tone={TONES[props.file.state]}>
                {t(`views.explorer.fileState.${props.file.state}`)}
              </Badge>
            </span>
          }
        >
          {(job) => (
            <span title={cause(job())}>
              <Badge tone={job().state === "failed" ? "danger" : "accent"}>
                {t(`views.explorer.fileState.${job().state}`)}
              </Badge>
            </span>
          )}
        </Show>
      }
    >
      {(verdict) => <Badge tone="danger">{t(`views.verify.verdict.${verdict()}`)}</Badge>}
    </Show>
  );
}
