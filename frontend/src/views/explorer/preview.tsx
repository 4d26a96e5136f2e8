import { createSignal, type JSX, lazy, Match, Suspense, Switch } from "solid-js";
import type { AssetDetail, AssetFileRow } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Thumbnail } from "../../ui/thumbnail.tsx";
import type { ViewerLabels } from "../../viewer/texts.ts";

// three.js comes with it: only who looks at a model pays for it.
const ModelViewer = lazy(async () => ({
  default: (await import("../../viewer/viewer.tsx")).ModelViewer,
}));

// The reader for PDF files is larger still.
const PdfViewer = lazy(async () => ({
  default: (await import("../../viewer/pdf/pdf_viewer.tsx")).PdfViewer,
}));

/** Whether the file is a model that the viewer reads. */
export function isPreviewable({ name }: AssetFileRow): boolean {
  return /\.(stl|obj|3mf)$/i.test(name);
}

/** Whether the file is read page by page. */
export function isPdf({ name }: AssetFileRow): boolean {
  return /\.pdf$/i.test(name);
}

/** A file as it looks: in 3-D, as pages, as a picture, or why not. */
export function Preview(props: {
  readonly asset: AssetDetail;
  readonly file: AssetFileRow | null;
}): JSX.Element {
  const { t } = useI18n();
  const app = useApp();
  const [broken, setBroken] = createSignal<string | null>(null);
  const url = () =>
    props.file && (props.file.state === "here" || props.file.state === "outdated")
      ? app.file(props.file.id)
      : null;
  const labels: ViewerLabels = (key, params) => t(`views.explorer.viewer.${key}`, params ?? {});
  return (
    <div class="preview" aria-label={t("views.explorer.preview")} role="region">
      <Switch
        fallback={<Thumbnail assetId={props.asset.id} title={props.asset.title} size="large" />}
      >
        <Match when={props.file && url() === null}>
          <p class="preview-note">{t("views.explorer.notHere")}</p>
        </Match>
        <Match when={props.file && isPreviewable(props.file) && url()}>
          {(address) => (
            <Suspense fallback={<p class="preview-note">{t("loading")}</p>}>
              <ModelViewer
                url={address()}
                name={props.file?.name ?? ""}
                size={props.file?.size ?? null}
                labels={labels}
              />
            </Suspense>
          )}
        </Match>
        <Match when={props.file && isPdf(props.file) && url()}>
          {(address) => (
            <Suspense fallback={<p class="preview-note">{t("loading")}</p>}>
              <PdfViewer url={address()} name={props.file?.name ?? ""} labels={labels} />
            </Suspense>
          )}
        </Match>
        <Match when={props.file?.kind === "image" && broken() !== props.file.id && url()}>
          {(address) => (
            <img
              class="preview-image"
              src={address()}
              alt={t("views.explorer.image", { name: props.file?.name ?? "" })}
              onError={() => setBroken(props.file?.id ?? null)}
            />
          )}
        </Match>
        <Match when={props.file}>
          <p class="preview-note">{t("views.explorer.noPreview")}</p>
        </Match>
      </Switch>
    </div>
  );
}
