import { type JSX, Show } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { Button } from "../../ui/button.tsx";
import type { LibraryModel } from "./library_model.ts";

/** What can be done with the models that are selected. */
export function SelectionBar(props: { readonly model: LibraryModel }): JSX.Element {
  const { t } = useI18n();
  const { selection, rows } = props.model;
  const total = () => rows.total() ?? 0;
  const count = () => selection.all() ? total() : selection.ids().size;
  return (
    <div class="selection-bar" role="toolbar" aria-label={t("views.library.selected", count())}>
      <strong>{t("views.library.selected", count())}</strong>
      <Show when={!selection.all() && count() < total()}>
        <Button variant="quiet" onClick={selection.selectAll}>
          {t("views.library.selectAll", total())}
        </Button>
      </Show>
      <span class="selection-bar-space" />
      <Button
        onClick={() =>
          props.model.wantSelected(false)}
      >
        {t("views.library.unwantSelected")}
      </Button>
      <Button
        variant="primary"
        onClick={() =>
          props.model.wantSelected(true)}
      >
        {t("views.library.wantSelected")}
      </Button>
      <Button variant="quiet" onClick={selection.clear}>{t("views.library.clearSelection")}</Button>
    </div>
  );
}
