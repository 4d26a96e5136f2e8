import { type Accessor, createSignal } from "solid-js";

/** Which models are selected: some, or all that match the filter. */
export interface Selection {
  readonly ids: Accessor<ReadonlySet<string>>;
  /** Whether all that match are meant, those that nobody has seen included. */
  readonly all: Accessor<boolean>;
  has(id: string): boolean;
  set(ids: Iterable<string>): void;
  toggle(id: string): void;
  add(ids: Iterable<string>): void;
  selectAll(): void;
  clear(): void;
}

const NONE: ReadonlySet<string> = new Set();

export function createSelection(): Selection {
  const [ids, setIds] = createSignal(NONE);
  const [all, setAll] = createSignal(false);
  const set = (chosen: Iterable<string>) => {
    setAll(false);
    setIds(new Set(chosen));
  };
  return {
    ids,
    all,
    has: (id) => all() || ids().has(id),
    set,
    toggle(id) {
      const next = new Set(ids());
      if (!next.delete(id)) next.add(id);
      set(next);
    },
    add: (more) => set([...ids(), ...more]),
    selectAll() {
      setIds(NONE);
      setAll(true);
    },
    clear: () => set([]),
  };
}
