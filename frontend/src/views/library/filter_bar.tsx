import { Columns3, LayoutGrid, Rows3 } from "lucide-solid";
import { createMemo, createResource, For, type JSX, onCleanup, Show } from "solid-js";
import type { Access } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import { Menu } from "../../ui/menu.tsx";
import { SearchField } from "../../ui/search_field.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { Select } from "../../ui/select.tsx";
import { COLUMNS, shownColumns, toggleColumn } from "./columns.tsx";
import { changeFilter, clearFilter, libraryQuery } from "./library_query.ts";
import { OriginFilters } from "./origin_filters.tsx";
import { sourceName } from "./source_name.ts";

export type Presentation = "table" | "gallery";

const ACCESSES: readonly Access[] = [
  "public",
  "withdrawn",
  "locked",
  "gone",
  "vanished",
  "empty",
];
/** Stands for "no condition" in a list of choices. */
const ANY = "";

/** Search, filters and how the library is shown. */
export function FilterBar(props: {
  readonly presentation: Presentation;
  readonly onPresentation: (presentation: Presentation) => void;
}): JSX.Element {
  const { t, format } = useI18n();
  const { bridge, status } = useApp();
  const [facets, { refetch }] = createResource(() =>
    bridge.call("library.facets", {}).catch(() => undefined)
  );
  onCleanup(bridge.on("syncEnded", () => void refetch()));
  onCleanup(bridge.on("engineChanged", () => void refetch()));
  onCleanup(bridge.on("scan", ({ done }) => done && void refetch()));
  const filter = () => libraryQuery().filter;
  const isFiltered = () => Object.keys(filter()).length > 0;
  const named = (text: string, n: number) => `${text} (${format().count(n)})`;
  const providers = createMemo(() => {
    const names = new Map(status()?.providers.map(({ id, name }) => [id, name]));
    return [
      { value: ANY, label: t("views.library.anyProvider") },
      ...(facets.latest?.providers ?? []).map(({ value, assets }) => ({
        value,
        label: named(names.get(value) ?? value, assets),
      })),
    ];
  });
  const sources = createMemo(() => [
    { value: ANY, label: t("views.library.anySource") },
    ...(facets.latest?.sources ?? []).map(({ value, assets }) => ({
      value,
      label: named(sourceName(value, t), assets),
    })),
  ]);
  const availabilities = createMemo(() => [
    { value: ANY, label: t("views.library.anyAvailability") },
    ...ACCESSES.map((value) => ({
      value,
      label: named(
        t(`availability.${value}`),
        facets.latest?.availabilities.find((facet) => facet.value === value)?.assets ?? 0,
      ),
    })),
  ]);
  const wanted = () => [
    { value: ANY, label: t("views.library.anyWanted") },
    { value: "yes", label: t("views.library.wanted") },
    { value: "no", label: t("views.library.notWanted") },
  ];
  return (
    <div class="library-bar" role="search">
      <div class="library-bar-line">
        <SearchField
          label={t("views.library.search")}
          value={filter().search ?? ""}
          onChange={(search) => changeFilter({ search: search.trim() === "" ? undefined : search })}
        />
        <Segmented
          aria-label={t("views.library.presentation")}
          value={props.presentation}
          onChange={props.onPresentation}
          options={[
            { value: "table", label: t("views.library.table"), icon: Rows3 },
            { value: "gallery", label: t("views.library.gallery"), icon: LayoutGrid },
          ]}
        />
        <Show when={props.presentation === "table"}>
          <Menu
            label={t("views.library.columns")}
            icon={Columns3}
            showLabel
            items={COLUMNS.slice(2).map(({ id }) => ({
              label: t(`views.library.column.${id}`),
              checked: shownColumns().some((column) => column.id === id),
              onSelect: () => toggleColumn(id),
            }))}
          />
        </Show>
      </div>
      <div class="library-bar-line">
        <Show when={providers().length > 2}>
          <Select
            aria-label={t("views.library.provider")}
            value={filter().provider ?? ANY}
            options={providers()}
            onChange={(value) => changeFilter({ provider: value || undefined })}
          />
        </Show>
        <Select
          aria-label={t("views.library.source")}
          value={filter().source ?? ANY}
          options={sources()}
          onChange={(value) => changeFilter({ source: value || undefined })}
        />
        <OriginFilters />
        <Select
          aria-label={t("views.library.availability")}
          value={filter().availability ?? ANY}
          options={availabilities()}
          onChange={(value) =>
            changeFilter({ availability: ACCESSES.find((one) => one === value) })}
        />
        <Select
          aria-label={t("views.library.wanted")}
          value={filter().wanted === undefined ? ANY : filter().wanted ? "yes" : "no"}
          options={wanted()}
          onChange={(value) =>
            changeFilter({ wanted: value === ANY ? undefined : value === "yes" })}
        />
        <For each={["notDownloaded", "hasUpdates"] as const}>
          {(name) => (
            <button
              type="button"
              class="chip"
              aria-pressed={filter()[name] === true}
              onClick={() => changeFilter({ [name]: filter()[name] ? undefined : true })}
            >
              {t(`views.library.${name}`)}
            </button>
          )}
        </For>
        <Show when={isFiltered()}>
          <Button variant="quiet" size="small" onClick={clearFilter}>
            {t("views.library.clearFilters")}
          </Button>
        </Show>
      </div>
    </div>
  );
}
