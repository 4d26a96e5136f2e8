import { ExternalLink, FolderOpen, RefreshCw, ShieldCheck, Trash2, Wrench } from "lucide-solid";
import {
  createEffect,
  createMemo,
  createResource,
  createSignal,
  type JSX,
  on,
  onCleanup,
  Show,
} from "solid-js";
import type {
  AssetDetail,
  AssetFileRow,
  UnpackedFolder,
} from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm_dialog.tsx";
import { ErrorState } from "../../ui/error_state.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Switch } from "../../ui/switch.tsx";
import { toast, toastError } from "../../ui/toast.tsx";
import { StateBadge } from "../library/columns.tsx";
import { AccessNote } from "./access_note.tsx";
import { FileList, verdictOf } from "./file_list.tsx";
import { isPreviewable, Preview } from "./preview.tsx";
import { VersionList } from "./version_list.tsx";

/** Milliseconds: archives of many gigabytes take their time. */
const UNPACK_DEADLINE = 60 * 60_000;

/** A model with its pictures and files, and what can be done with them. */
export function AssetPane(props: {
  readonly assetId: string;
  readonly onLoaded: (asset: AssetDetail) => void;
}): JSX.Element {
  const i18n = useI18n();
  const { t, format } = i18n;
  const { bridge, hello, status, openLink } = useApp();
  const [asset, { refetch, mutate }] = createResource(
    () => props.assetId,
    (id) => bridge.call("library.asset", { id }),
  );
  const [chosen, setChosen] = createSignal<string | null>(null);
  const [removing, setRemoving] = createSignal<readonly AssetFileRow[] | null>(null);

  createEffect(on(() => props.assetId, () => {
    setChosen(null);
  }));
  // Once for each model: what the user folds afterwards stays folded.
  const loadedId = createMemo(() => asset.state === "ready" ? asset().id : null);
  createEffect(on(loadedId, () => {
    const loaded = asset.latest;
    if (loaded) props.onLoaded(loaded);
  }));
  const again = () => void refetch();
  for (const event of ["libraryChanged", "queueChanged"] as const) {
    onCleanup(bridge.on(event, again));
  }
  onCleanup(bridge.on("verifyEnded", again));

  const here = () => asset.latest?.fileRows.filter(isHere) ?? [];
  const preview = () => {
    const files = asset.latest?.fileRows ?? [];
    return files.find(({ id }) => id === chosen()) ??
      files.find((file) => isHere(file) && isPreviewable(file)) ??
      files.find((file) => isHere(file) && file.kind === "image") ?? null;
  };

  const act = <T,>(work: Promise<T>, told?: (result: T) => string) =>
    void work.then((result) => {
      if (told) toast({ text: told(result) });
      again();
    }, (error) => toastError(error, t));

  const selection = (files: readonly AssetFileRow[] | null) => ({
    assetId: props.assetId,
    ...(files === null ? {} : { fileIds: files.map(({ id }) => id) }),
  });
  const refetchFiles = (files: readonly AssetFileRow[] | null) =>
    act(
      bridge.call("files.refetch", selection(files)),
      ({ queued }) => t("views.explorer.refetching", queued),
    );
  const restore = (files: readonly AssetFileRow[]) =>
    act(
      bridge.call("files.restore", selection(files)),
      ({ restored }) => t("views.explorer.restoring", restored),
    );
  const unpack = (file: AssetFileRow) => {
    toast({ text: t("views.explorer.unpacking", { name: file.name }) });
    act(
      bridge.call("files.unpack", selection([file]), { deadline: UNPACK_DEADLINE }),
      ({ folders: [done] }) => done ? unpackedText(done) : "",
    );
  };
  const unpackedText = ({ archive, wasHere, files, skipped }: UnpackedFolder) =>
    wasHere ? t("views.explorer.unpackedBefore", { name: archive }) : [
      t("views.explorer.unpacked", files),
      ...skipped.length === 0 ? [] : [t("views.explorer.leftOut", skipped.length)],
    ].join(" ");
  const verify = (repair: boolean) =>
    act(bridge.call("verify.start", { assetIds: [props.assetId], repair }));
  const isDamaged = () =>
    asset.latest?.fileRows.some((file) => !["UNVERIFIED", null].includes(verdictOf(file)));
  const reveal = (fileId?: string) =>
    act(
      bridge.call("files.reveal", {
        assetId: props.assetId,
        ...(fileId === undefined ? {} : { fileId }),
      }),
    );
  const want = (wanted: boolean) => {
    mutate((known) => known && { ...known, wanted });
    act(bridge.call("library.setWanted", { which: [props.assetId], wanted }));
  };

  return (
    <Show
      when={asset.error === undefined}
      fallback={<ErrorState error={asset.error} onRetry={again} />}
    >
      <Show when={asset.latest} fallback={<Skeleton lines={8} />}>
        {(model) => (
          <article class="pane">
            <header class="pane-head">
              <div class="pane-title">
                <h2 title={model().title}>{model().title}</h2>
                <p>
                  {model().creator || t("unknownCreator")}
                  <StateBadge asset={model()} i18n={i18n} />
                </p>
              </div>
              <label class="pane-wanted">
                <span>{t("views.explorer.wanted")}</span>
                <Switch
                  aria-label={t("views.explorer.wanted")}
                  checked={model().wanted}
                  onChange={want}
                />
              </label>
            </header>
            <div class="pane-actions" role="toolbar" aria-label={model().title}>
              <Show when={hello()?.canReveal}>
                <Button icon={FolderOpen} disabled={here().length === 0} onClick={() => reveal()}>
                  {t("views.explorer.reveal")}
                </Button>
              </Show>
              <Button
                icon={RefreshCw}
                disabled={model().files === 0}
                onClick={() => refetchFiles(null)}
              >
                {t("views.explorer.refetch")}
              </Button>
              <Button
                icon={ShieldCheck}
                disabled={here().length === 0 || status()?.busy !== null}
                onClick={() => verify(false)}
              >
                {t("views.explorer.verify")}
              </Button>
              <Show when={isDamaged()}>
                <Button
                  icon={Wrench}
                  title={t("views.verify.repairText")}
                  disabled={status()?.busy !== null}
                  onClick={() => verify(true)}
                >
                  {t("views.verify.repair")}
                </Button>
              </Show>
              <Show when={model().url}>
                {(url) => (
                  <Button
                    icon={ExternalLink}
                    variant="quiet"
                    onClick={() => openLink(url())}
                  >
                    {t("views.explorer.onSite")}
                  </Button>
                )}
              </Show>
              <Button
                icon={Trash2}
                class="pane-remove"
                disabled={here().length === 0}
                onClick={() => setRemoving(here())}
              >
                {t("views.explorer.remove")}
              </Button>
            </div>
            <AccessNote asset={model()} />
            <Preview asset={model()} file={preview()} />
            <FileList
              asset={model()}
              shown={preview()?.id ?? null}
              onShow={setChosen}
              onReveal={(file) => reveal(file.id)}
              onUnpack={unpack}
              onRefetch={(file) => refetchFiles([file])}
              onRestore={(file) => restore([file])}
              onRemove={(file) => setRemoving([file])}
            />
            <VersionList assetId={props.assetId} />
            <About asset={model()} />
          </article>
        )}
      </Show>
      <ConfirmDialog
        open={removing() !== null}
        title={t("views.explorer.removeTitle", removing()?.length ?? 0)}
        text={t("views.explorer.removeText", {
          size: format().bytes((removing() ?? []).reduce((sum, { size }) => sum + (size ?? 0), 0)),
        })}
        confirm={t("views.explorer.removeConfirm")}
        danger
        onConfirm={() =>
          act(
            bridge.call("files.remove", selection(removing())),
            ({ removed }) => t("views.explorer.removed", removed),
          )}
        onClose={() => setRemoving(null)}
      />
    </Show>
  );
}

function isHere({ state }: AssetFileRow): boolean {
  return state === "here" || state === "outdated";
}

function About(props: { readonly asset: AssetDetail }): JSX.Element {
  const { t } = useI18n();
  const facts = () =>
    [
      [t("views.explorer.license"), props.asset.license],
      [t("views.explorer.tags"), props.asset.tags.join(", ")],
      [t("views.explorer.releases"), props.asset.releases.join(", ")],
      [t("views.explorer.folder"), props.asset.folder],
    ].filter(([, value]) => value);
  return (
    <Show when={props.asset.description || facts().length > 0}>
      <section class="pane-about" aria-label={t("views.explorer.about")}>
        <h3>{t("views.explorer.about")}</h3>
        <Show when={props.asset.description}>{(text) => <p>{text()}</p>}</Show>
        <dl>
          {facts().map(([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ))}
        </dl>
      </section>
    </Show>
  );
}
