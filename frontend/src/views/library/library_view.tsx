import "./library.css";
import { A, useNavigate } from "@solidjs/router";
import { Boxes, Download, LogIn, SearchX } from "lucide-solid";
import { createSignal, type JSX, Match, Show, Switch } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty_state.tsx";
import { ErrorState } from "../../ui/error_state.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { toastError } from "../../ui/toast.tsx";
import { DropZone } from "../import/drop_zone.tsx";
import { ImportButton } from "../import/import_offer.tsx";
import { AssetGallery } from "./asset_gallery.tsx";
import { AssetTable } from "./asset_table.tsx";
import { FilterBar, type Presentation } from "./filter_bar.tsx";
import { createLibraryModel } from "./library_model.ts";
import { clearFilter, libraryQuery } from "./library_query.ts";
import { SelectionBar } from "./selection_bar.tsx";

// Kept while the window is open.
const [presentation, setPresentation] = createSignal<Presentation>("table");

/** All that the user owns: to search, to look at, to tick. */
export default function LibraryView(): JSX.Element {
  const { t, format } = useI18n();
  const { bridge, status } = useApp();
  const navigate = useNavigate();
  const model = createLibraryModel();
  const { rows, summary, selection } = model;
  const open = (assetId: string) => navigate(`/explorer/${encodeURIComponent(assetId)}`);
  const isFiltered = () => Object.keys(libraryQuery().filter).length > 0;
  const lacking = () => status()?.library.wantedNotHere;
  const isSignedIn = () => status()?.providers.some(({ account }) => account !== null) ?? true;
  let section: HTMLElement | undefined;
  const download = () =>
    void bridge.call("sync.start", { scan: false }).catch((error) => toastError(error, t));
  return (
    <section
      ref={(element) => (section = element)}
      class="library"
      aria-label={t("views.library.title")}
    >
      <DropZone on={() => section} />
      <header class="library-head">
        <h1>{t("views.library.title")}</h1>
        <p class="library-summary" role="status">
          <Show when={summary()}>
            {(sums) => (
              <>
                <span>{t("views.library.summary.models", sums().assets)}</span>
                <span>
                  {t("views.library.summary.here", { size: format().bytes(sums().bytesHere) })}
                </span>
                <Show when={sums().wantedNotHere.assets > 0}>
                  <span>{t("views.library.summary.notHere", sums().wantedNotHere.assets)}</span>
                </Show>
              </>
            )}
          </Show>
          <Show when={status()?.damaged}>
            {(damaged) => (
              <span>
                <A href="/verify">{t("views.verify.damaged", damaged())}</A>
              </span>
            )}
          </Show>
        </p>
        <Show when={(lacking()?.assets ?? 0) > 0 && status()?.busy === null}>
          <Show
            when={isSignedIn()}
            fallback={
              <Button variant="primary" icon={LogIn} onClick={() => navigate("/accounts")}>
                {t("views.library.signInToDownload")}
              </Button>
            }
          >
            <Button
              variant="primary"
              icon={Download}
              onClick={download}
              title={t("views.library.downloadMore", {
                size: format().bytes(lacking()?.bytes ?? 0),
              })}
            >
              {t("views.library.download", lacking()?.assets ?? 0)}
            </Button>
          </Show>
        </Show>
      </header>
      <FilterBar presentation={presentation()} onPresentation={setPresentation} />
      <div class="library-rows" classList={{ "is-stale": rows.stale() }}>
        <Switch>
          <Match when={rows.total() === null && rows.error()}>
            {(error) => <ErrorState error={error()} onRetry={rows.refresh} />}
          </Match>
          <Match when={rows.total() === null}>
            <Skeleton lines={12} />
          </Match>
          <Match when={rows.total() === 0 && isFiltered()}>
            <EmptyState
              icon={SearchX}
              title={t("views.library.none.title")}
              text={t("views.library.none.text")}
              actions={<Button onClick={clearFilter}>{t("views.library.clearFilters")}</Button>}
            />
          </Match>
          <Match when={rows.total() === 0}>
            <Nothing />
          </Match>
          <Match when={presentation() === "table"}>
            <AssetTable model={model} onOpen={open} />
          </Match>
          <Match when={presentation() === "gallery"}>
            <AssetGallery model={model} onOpen={open} />
          </Match>
        </Switch>
      </div>
      <Show when={selection.all() || selection.ids().size > 1}>
        <SelectionBar model={model} />
      </Show>
    </section>
  );
}

/** An empty library: being read, not read yet, or nobody signed in. */
function Nothing(): JSX.Element {
  const { t } = useI18n();
  const { bridge, status } = useApp();
  const navigate = useNavigate();
  const signedIn = () => status()?.providers.some(({ account }) => account !== null);
  return (
    <Switch
      fallback={
        <EmptyState
          icon={Boxes}
          title={t("views.library.empty.title")}
          text={t("views.library.empty.text")}
          actions={
            <>
              <Button variant="primary" onClick={() => navigate("/accounts")}>
                {t("views.library.empty.action")}
              </Button>
              <ImportButton />
            </>
          }
        />
      }
    >
      <Match when={status()?.busy === "sync"}>
        <EmptyState
          icon={Boxes}
          title={t("views.library.empty.title")}
          text={t("views.library.empty.listing")}
        />
      </Match>
      <Match when={signedIn()}>
        <EmptyState
          icon={Boxes}
          title={t("views.library.empty.title")}
          text={t("views.library.empty.unread")}
          actions={
            <>
              <Button
                variant="primary"
                onClick={() =>
                  void bridge.call("sync.start", { fetch: false }).catch((error) =>
                    toastError(error, t)
                  )}
              >
                {t("sync.start")}
              </Button>
              <ImportButton />
              <Button onClick={() => navigate("/settings/library")}>
                {t("views.onDisk.adopt.action")}
              </Button>
            </>
          }
        />
      </Match>
    </Switch>
  );
}
