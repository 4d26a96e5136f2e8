import ChevronLeft from "lucide-solid/icons/chevron-left";
import ChevronRight from "lucide-solid/icons/chevron-right";
import MoveHorizontal from "lucide-solid/icons/move-horizontal";
import { createEffect, createSignal, type JSX, on, onCleanup, onMount, Show } from "solid-js";
import { IconButton } from "../../ui/icon_button.tsx";
import { LoadError } from "../load_error.ts";
import type { ViewerLabels } from "../texts.ts";
import "../viewer.css";
import { type Loading, ViewerFailure, ViewerLoading } from "../viewer_states.tsx";
import { type DrawnPage, openPdf, type Pdf } from "./open_pdf.ts";
import type { Size } from "./page_scale.ts";
import "./pdf_viewer.css";

export interface PdfViewerProps {
  /** Where the file's bytes are. */
  readonly url: string;
  readonly name: string;
  readonly labels: ViewerLabels;
}

const BEGUN: Loading = { share: null, isParsing: false };

/** Shows a PDF page by page. Fills its parent. */
export function PdfViewer(props: PdfViewerProps): JSX.Element {
  const [pdf, setPdf] = createSignal<Pdf | null>(null);
  const [loading, setLoading] = createSignal<Loading>(BEGUN);
  const [error, setError] = createSignal<LoadError | null>(null);
  const [page, setPage] = createSignal(1);
  const [drawn, setDrawn] = createSignal<DrawnPage | null>(null);
  const [fitWidth, setFitWidth] = createSignal(false);
  const [size, setSize] = createSignal<Size | null>(null);
  let opening = new AbortController();
  let drawing = new AbortController();
  let scroller: HTMLDivElement | undefined;

  const close = () => {
    opening.abort();
    drawing.abort();
    pdf()?.close();
    setPdf(null);
    setDrawn(null);
  };
  async function open(): Promise<void> {
    close();
    opening = new AbortController();
    const { signal } = opening;
    setError(null);
    setLoading(BEGUN);
    setPage(1);
    try {
      const opened = await openPdf(props.url, {
        signal,
        onProgress: (progress) => {
          const share = progress?.total ? progress.loaded / progress.total : null;
          setLoading({ share, isParsing: progress === null });
        },
      });
      if (signal.aborted) opened.close();
      else setPdf(opened);
    } catch (failure) {
      if (!signal.aborted) setError(asLoadError(failure));
    }
  }

  createEffect(on(() => props.url, () => void open()));
  onCleanup(close);

  onMount(() => {
    const watch = new ResizeObserver(() => {
      if (scroller) setSize({ width: scroller.clientWidth, height: scroller.clientHeight });
    });
    if (scroller) watch.observe(scroller);
    onCleanup(() => watch.disconnect());
  });

  createEffect(on([pdf, page, size, fitWidth], ([document, number, room, toWidth]) => {
    drawing.abort();
    if (!document || !room) return;
    drawing = new AbortController();
    const { signal } = drawing;
    const space = { ...room, fitWidth: toWidth, pixelRatio: devicePixelRatio };
    document.draw(number, space, signal).then(
      (result) => {
        if (!signal.aborted) setDrawn(result);
      },
      (failure: unknown) => {
        if (!signal.aborted) setError(asLoadError(failure));
      },
    );
  }));

  const turnTo = (number: number) => {
    setPage(number);
    scroller?.scrollTo({ top: 0 });
  };
  const place = () =>
    props.labels("page", { page: String(page()), pages: String(pdf()?.pages ?? 0) });

  return (
    <div class="viewer">
      <div
        ref={scroller}
        class="pdf-page"
        classList={{ "is-wide": fitWidth() }}
        role="document"
        aria-label={`${props.name}, ${place()}`}
        aria-busy={drawn() === null}
        tabindex="0"
      >
        <Show when={error() === null && drawn()}>
          {(now) => (
            <>
              {now().canvas}
              <p class="visually-hidden">{now().text}</p>
            </>
          )}
        </Show>
      </div>
      <Show when={error()}>
        {(failure) => (
          <ViewerFailure
            error={failure()}
            labels={props.labels}
            onRetry={() => void open()}
          />
        )}
      </Show>
      <Show when={!pdf() && !error()}>
        <ViewerLoading now={loading()} name={props.name} labels={props.labels} />
      </Show>
      <Show when={error() === null && pdf()}>
        {(document) => (
          <div class="viewer-bar pdf-bar">
            <IconButton
              icon={ChevronLeft}
              label={props.labels("previousPage")}
              disabled={page() === 1}
              onClick={() => turnTo(page() - 1)}
            />
            <p class="pdf-place" aria-live="polite">{place()}</p>
            <IconButton
              icon={ChevronRight}
              label={props.labels("nextPage")}
              disabled={page() === document().pages}
              onClick={() => turnTo(page() + 1)}
            />
            <IconButton
              icon={MoveHorizontal}
              label={props.labels("fitWidth")}
              aria-pressed={fitWidth()}
              onClick={() => setFitWidth(!fitWidth())}
            />
          </div>
        )}
      </Show>
    </div>
  );
}

function asLoadError(failure: unknown): LoadError {
  return failure instanceof LoadError
    ? failure
    : new LoadError("damaged", "It could not be shown", { cause: failure });
}
