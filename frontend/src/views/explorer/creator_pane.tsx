import { useNavigate } from "@solidjs/router";
import type { JSX } from "solid-js";
import type { AssetFilter } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import { toast, toastError } from "../../ui/toast.tsx";
import { changeFilter, clearFilter } from "../library/library_query.ts";

/** A site or a creator: how much there is, and all of it wanted or none. */
export function CreatorPane(props: {
  readonly name: string;
  readonly assets: number;
  readonly filter: AssetFilter;
}): JSX.Element {
  const { t } = useI18n();
  const { bridge } = useApp();
  const navigate = useNavigate();
  const want = (wanted: boolean) =>
    void bridge.call("library.setWanted", { which: props.filter, wanted }).then(
      ({ changed, undo }) => {
        if (undo === null) return;
        toast({
          text: t(wanted ? "views.library.nowWanted" : "views.library.nowUnwanted", changed),
          action: {
            label: t("undo"),
            run: () =>
              void bridge.call("library.undoWanted", { undo }).catch((error) =>
                toastError(error, t)
              ),
          },
        });
      },
      (error) => toastError(error, t),
    );
  return (
    <article class="pane">
      <header class="pane-head">
        <div class="pane-title">
          <h2>{props.name}</h2>
          <p>{t("views.explorer.creator.models", props.assets)}</p>
        </div>
      </header>
      <div class="pane-actions">
        <Button variant="primary" onClick={() => want(true)}>
          {t("views.explorer.creator.wantAll")}
        </Button>
        <Button onClick={() => want(false)}>{t("views.explorer.creator.wantNone")}</Button>
        <Button
          variant="quiet"
          onClick={() => {
            clearFilter();
            changeFilter(props.filter);
            navigate("/library");
          }}
        >
          {t("views.explorer.creator.inLibrary")}
        </Button>
      </div>
    </article>
  );
}
