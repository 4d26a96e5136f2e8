import { createMemo, createSignal, Index, type JSX, Show } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm_dialog.tsx";
import { createWindowed } from "../../ui/windowed.ts";
import { JobLine } from "./job_line.tsx";
import type { QueueModel } from "./queue_model.ts";

const LINE_HEIGHT = 60;

/** The queue, however long. */
export function JobList(
  props: { readonly model: QueueModel; readonly label: string },
): JSX.Element {
  const { t } = useI18n();
  const { rows, selected } = props.model;
  const [cancelling, setCancelling] = createSignal<readonly string[] | null>(null);
  let scroller: HTMLDivElement | undefined;
  const { slots } = createWindowed({
    count: () => rows.total() ?? 0,
    height: () => LINE_HEIGHT,
    element: () => scroller ?? null,
    onShow: (first, last) => rows.show(first, last),
  });
  const chosen = () => [...selected()];
  return (
    <>
      <div ref={scroller} class="job-list" role="region" tabindex="0" aria-label={props.label}>
        <ul
          class="job-list-body"
          style={{ height: `${(rows.total() ?? 0) * LINE_HEIGHT}px` }}
        >
          <Index each={slots()}>
            {(index) => {
              const job = createMemo(() => rows.row(index()));
              return (
                <li
                  class="job-line"
                  aria-setsize={rows.total() ?? 0}
                  aria-posinset={index() + 1}
                  style={{ transform: `translateY(${index() * LINE_HEIGHT}px)` }}
                >
                  <Show when={job()}>
                    {(one) => <JobLine job={one()} model={props.model} onCancel={setCancelling} />}
                  </Show>
                </li>
              );
            }}
          </Index>
        </ul>
      </div>
      <Show when={selected().size > 0}>
        <div
          class="selection-bar"
          role="toolbar"
          aria-label={t("views.downloads.selected", selected().size)}
        >
          <strong>{t("views.downloads.selected", selected().size)}</strong>
          <span class="selection-bar-space" />
          <Button onClick={() => props.model.move(chosen(), "front")}>
            {t("views.downloads.toFront")}
          </Button>
          <Button onClick={() => props.model.pause({ fileIds: chosen() })}>
            {t("views.downloads.pause")}
          </Button>
          <Button onClick={() => props.model.resume({ fileIds: chosen() })}>
            {t("views.downloads.resume")}
          </Button>
          <Button onClick={() => props.model.retry({ fileIds: chosen() })}>
            {t("views.downloads.retry")}
          </Button>
          <Button variant="danger" onClick={() => setCancelling(chosen())}>
            {t("views.downloads.cancel")}
          </Button>
          <Button variant="quiet" onClick={props.model.clearSelection}>
            {t("views.library.clearSelection")}
          </Button>
        </div>
      </Show>
      <ConfirmDialog
        open={cancelling() !== null}
        title={t("views.downloads.cancelTitle", cancelling()?.length ?? 0)}
        text={t("views.downloads.cancelText")}
        confirm={t("views.downloads.cancel")}
        danger
        onConfirm={() => {
          props.model.cancel({ fileIds: [...cancelling() ?? []] });
          props.model.clearSelection();
        }}
        onClose={() => setCancelling(null)}
      />
    </>
  );
}
