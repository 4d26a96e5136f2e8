import type { JSX } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { type Found, type SearchOption, SearchSelect } from "../../ui/search_select.tsx";
import { changeFilter, libraryQuery } from "./library_query.ts";

/** Choices that are shown at once; more are found by typing. */
const SHOWN = 50;

// Kept while the window is open, as the filter is: a key tells nobody anything.
const labels = new Map<string, string>();

/** Filters by what models came in and who made them. */
export function OriginFilters(): JSX.Element {
  const { t, format } = useI18n();
  const { bridge } = useApp();
  const filter = () => libraryQuery().filter;
  const counted = (text: string, n: number) => `${text} (${format().count(n)})`;
  const labelOf = (value: string | undefined) => labels.get(value ?? "") ?? value ?? "";
  const choose = (name: "release" | "bundle" | "creator") => (option: SearchOption | undefined) =>
    changeFilter({ [name]: option?.value });

  const findReleases = (kind: "release" | "bundle") => async (search: string): Promise<Found> => {
    const { rows, total } = await bridge.call("library.releases", { kind, search, limit: SHOWN });
    for (const { key, label } of rows) labels.set(key, label);
    return {
      options: rows.map(({ key, label, owner, assets }) => ({
        value: key,
        label: counted(label, assets),
        detail: owner || undefined,
      })),
      more: total - rows.length,
    };
  };
  const findCreators = async (search: string): Promise<Found> => {
    const { rows, total } = await bridge.call("library.creators", { search, limit: SHOWN });
    const named = rows.filter(({ creator }) => creator !== "");
    return {
      options: named.map(({ creator, assets }) => ({
        value: creator,
        label: counted(creator, assets),
      })),
      more: total - rows.length,
    };
  };
  return (
    <>
      <SearchSelect
        label={t("views.library.release")}
        any={t("views.library.anyRelease")}
        value={filter().release}
        valueLabel={labelOf(filter().release)}
        find={findReleases("release")}
        onChange={choose("release")}
      />
      <SearchSelect
        label={t("views.library.bundle")}
        any={t("views.library.anyBundle")}
        value={filter().bundle}
        valueLabel={labelOf(filter().bundle)}
        find={findReleases("bundle")}
        onChange={choose("bundle")}
      />
      <SearchSelect
        label={t("views.library.creator")}
        any={t("views.library.anyCreator")}
        value={filter().creator}
        valueLabel={filter().creator ?? ""}
        find={findCreators}
        onChange={choose("creator")}
      />
    </>
  );
}
