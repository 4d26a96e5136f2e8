import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";
import type {
  AssetRow,
  CreatorRow,
  Facet,
  Page,
} from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { onFresh, useApp } from "../../stores/app.tsx";
import { toastError } from "../../ui/toast.tsx";

/** Rows that a branch gets at a time. */
const STEP = 200;

/** A line of the tree. */
export type TreeNode =
  | Branch & { readonly kind: "provider"; readonly provider: string; readonly assets: number }
  | Branch & { readonly kind: "creator"; readonly row: CreatorRow }
  | Line & { readonly kind: "model"; readonly row: AssetRow }
  /** The rest of a branch. */
  | Line & { readonly kind: "more"; readonly branch: string; readonly rest: number };

interface Line {
  readonly key: string;
  /** Key of the branch that it hangs from, null at the top. */
  readonly parent: string | null;
  /** From 1. */
  readonly level: number;
  readonly position: number;
  readonly size: number;
}

interface Branch extends Line {
  readonly open: boolean;
}

export interface TreeModel {
  /** Everything that is unfolded, top to bottom; null before the first answer. */
  readonly nodes: Accessor<readonly TreeNode[] | null>;
  readonly search: Accessor<string>;
  setSearch(text: string): void;
  setOpen(key: string, open: boolean): void;
  loadMore(branch: string): void;
  /** Unfolds the way to an asset, unless its creator is further down than what is loaded. */
  unfold(provider: string, creator: string): void;
  readonly error: Accessor<unknown>;
  refresh(): void;
}

type Loaded<Row> = { readonly rows: readonly Row[]; readonly total: number };

export const providerKey = (provider: string) => `p ${provider}`;
export const creatorKey = (provider: string, creator: string) => `c ${provider} ${creator}`;

/** The tree provider → creator → model; each branch is asked for when it is unfolded. */
export function createTreeModel(): TreeModel {
  const { bridge } = useApp();
  const { t } = useI18n();
  const [providers, setProviders] = createSignal<readonly Facet[] | null>(null);
  const [creators, setCreators] = createStore<Record<string, Loaded<CreatorRow>>>({});
  const [models, setModels] = createStore<Record<string, Loaded<AssetRow>>>({});
  const [open, setOpenKeys] = createSignal<ReadonlySet<string>>(new Set());
  const [search, setSearch] = createSignal("");
  const [error, setError] = createSignal<unknown>(null);

  const fail = (failure: unknown) => toastError(failure, t);
  const asMany = (n: number) => Math.max(STEP, Math.ceil(n / STEP) * STEP);

  /** Pages of at most 500 up to `count` rows. */
  async function upTo<Row>(
    count: number,
    ask: (offset: number, limit: number) => Promise<Page<Row>>,
  ): Promise<Loaded<Row>> {
    const rows: Row[] = [];
    for (;;) {
      const page = await ask(rows.length, Math.min(500, count - rows.length));
      rows.push(...page.rows);
      if (rows.length >= Math.min(count, page.total) || page.rows.length === 0) {
        return { rows, total: page.total };
      }
    }
  }

  async function loadCreators(provider: string, count: number): Promise<void> {
    const text = search().trim();
    const loaded = await upTo(count, (offset, limit) =>
      bridge.call("library.creators", {
        provider,
        ...(text === "" ? {} : { search: text }),
        offset,
        limit,
      }));
    if (text === search().trim()) {
      setCreators(providerKey(provider), reconcile(loaded, { key: "creator" }));
    }
  }

  async function loadModels({ provider, creator }: CreatorRow, count: number): Promise<void> {
    const loaded = await upTo(
      count,
      (offset, limit) =>
        bridge.call("library.query", { filter: { provider, creator }, offset, limit }),
    );
    setModels(creatorKey(provider, creator), reconcile(loaded, { key: "id" }));
  }

  const creatorOf = (key: string) =>
    Object.values(creators).flatMap(({ rows }) => rows)
      .find((row) => creatorKey(row.provider, row.creator) === key);

  /** Loads so many rows of a branch. */
  function load(key: string, count: number): Promise<void> {
    if (key.startsWith("p ")) return loadCreators(key.slice(2), count);
    const creator = creatorOf(key);
    return creator ? loadModels(creator, count) : Promise.resolve();
  }

  const loadedOf = (key: string) => (creators[key] ?? models[key])?.rows.length ?? 0;

  async function refresh(): Promise<void> {
    try {
      const facets = await bridge.call("library.facets", {});
      const first = providers() === null;
      setProviders(facets.providers);
      setError(null);
      const [only] = facets.providers;
      if (first && only && facets.providers.length === 1) setOpen(providerKey(only.value), true);
      else await Promise.all([...open()].map((key) => load(key, asMany(loadedOf(key)))));
    } catch (failure) {
      setError(() => failure);
    }
  }

  async function unfold(provider: string, creator: string): Promise<void> {
    const top = providerKey(provider);
    if (loadedOf(top) === 0) await loadCreators(provider, STEP);
    setOpen(top, true);
    const key = creatorKey(provider, creator);
    if (creatorOf(key)) setOpen(key, true);
  }

  function setOpen(key: string, unfolded: boolean): void {
    if (open().has(key) === unfolded) return;
    const next = new Set(open());
    if (unfolded) next.add(key);
    else next.delete(key);
    setOpenKeys(next);
    if (unfolded && loadedOf(key) === 0) load(key, STEP).catch(fail);
  }

  createEffect(on(search, () => {
    for (const { value } of providers() ?? []) {
      if (open().has(providerKey(value))) loadCreators(value, STEP).catch(fail);
      else if (search() !== "") setOpen(providerKey(value), true);
    }
  }, { defer: true }));
  onCleanup(onFresh(bridge, () => void refresh()));
  onCleanup(bridge.on("libraryChanged", () => void refresh()));

  const nodes = createMemo(() => {
    const tops = providers();
    if (!tops) return null;
    const lines: TreeNode[] = [];
    tops.forEach(({ value, assets }, index) => {
      const key = providerKey(value);
      lines.push({
        kind: "provider",
        key,
        parent: null,
        level: 1,
        position: index + 1,
        size: tops.length,
        open: open().has(key),
        provider: value,
        assets,
      });
      if (open().has(key)) addCreators(lines, key);
    });
    return lines;
  });

  function addCreators(lines: TreeNode[], parent: string): void {
    const loaded = creators[parent];
    if (!loaded) return;
    loaded.rows.forEach((row, index) => {
      const key = creatorKey(row.provider, row.creator);
      lines.push({
        kind: "creator",
        key,
        parent,
        level: 2,
        position: index + 1,
        size: loaded.total,
        open: open().has(key),
        row,
      });
      if (open().has(key)) addModels(lines, key);
    });
    addRest(lines, parent, 2, loaded);
  }

  function addModels(lines: TreeNode[], parent: string): void {
    const loaded = models[parent];
    if (!loaded) return;
    loaded.rows.forEach((row, index) => {
      lines.push({
        kind: "model",
        key: row.id,
        parent,
        level: 3,
        position: index + 1,
        size: loaded.total,
        row,
      });
    });
    addRest(lines, parent, 3, loaded);
  }

  function addRest(
    lines: TreeNode[],
    branch: string,
    level: number,
    loaded: Loaded<unknown>,
  ): void {
    const rest = loaded.total - loaded.rows.length;
    if (rest <= 0) return;
    lines.push({
      kind: "more",
      key: `more ${branch}`,
      parent: branch,
      level,
      position: loaded.rows.length + 1,
      size: loaded.total,
      branch,
      rest,
    });
  }

  return {
    nodes,
    search,
    setSearch,
    setOpen,
    loadMore: (branch) => void load(branch, loadedOf(branch) + STEP).catch(fail),
    unfold: (provider, creator) => void unfold(provider, creator).catch(fail),
    error,
    refresh: () => void refresh(),
  };
}
