import { Box, ChevronRight, Globe, User } from "lucide-solid";
import { createEffect, createMemo, createSignal, Index, type JSX, on, Show } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { createWindowed } from "../../ui/windowed.ts";
import type { TreeModel, TreeNode } from "./tree_model.ts";

const LINE_HEIGHT = 28;

/**
 * The tree as a list of what is unfolded. The focus stays on the tree; `aria-activedescendant` tells the line.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/treeview/
 */
export function AssetTree(props: {
  readonly model: TreeModel;
  /** Key of what is shown beside the tree. */
  readonly selected: string | null;
  readonly onSelect: (node: TreeNode) => void;
}): JSX.Element {
  const { t, format } = useI18n();
  const { status } = useApp();
  const [activeKey, setActiveKey] = createSignal<string | null>(null);
  let scroller: HTMLDivElement | undefined;
  const nodes = () => props.model.nodes() ?? [];
  const indexOf = (key: string | null) => nodes().findIndex((node) => node.key === key);
  const active = createMemo(() => Math.max(0, indexOf(activeKey())));
  const { virtualizer, slots } = createWindowed({
    count: () => nodes().length,
    height: () => LINE_HEIGHT,
    element: () => scroller ?? null,
    onShow: () => {},
  });
  // What was chosen elsewhere is the line that the keyboard goes on from, as soon as it is there.
  let revealed: string | null = null;
  createEffect(on(() => [props.selected, nodes()] as const, ([selected]) => {
    if (selected === revealed) return;
    const index = indexOf(selected);
    if (index < 0) return;
    revealed = selected;
    setActiveKey(selected);
    virtualizer.scrollToIndex(index);
  }));

  function moveTo(index: number): void {
    const next = Math.max(0, Math.min(nodes().length - 1, index));
    const node = nodes()[next];
    setActiveKey(node?.key ?? null);
    virtualizer.scrollToIndex(next);
    if (node?.kind === "model") props.onSelect(node);
  }

  function choose(node: TreeNode): void {
    if (node.kind === "more") return props.model.loadMore(node.branch);
    props.onSelect(node);
    if (node.kind !== "model") props.model.setOpen(node.key, !node.open);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const node = nodes()[active()];
    if (!node) return;
    const isBranch = node.kind === "provider" || node.kind === "creator";
    switch (event.key) {
      case "ArrowDown":
        moveTo(active() + 1);
        break;
      case "ArrowUp":
        moveTo(active() - 1);
        break;
      case "Home":
        moveTo(0);
        break;
      case "End":
        moveTo(nodes().length - 1);
        break;
      case "ArrowRight":
        if (isBranch && !node.open) props.model.setOpen(node.key, true);
        else if (isBranch) moveTo(active() + 1);
        break;
      case "ArrowLeft":
        if (isBranch && node.open) props.model.setOpen(node.key, false);
        else moveTo(indexOf(node.parent));
        break;
      case "Enter":
      case " ":
        choose(node);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  const label = (node: TreeNode) => {
    switch (node.kind) {
      case "provider":
        return status()?.providers.find(({ id }) => id === node.provider)?.name ?? node.provider;
      case "creator":
        return node.row.creator || t("unknownCreator");
      case "model":
        return node.row.title;
      case "more":
        return t("views.explorer.more", node.rest);
    }
  };
  const count = (node: TreeNode) =>
    node.kind === "provider"
      ? format().count(node.assets)
      : node.kind === "creator"
      ? format().count(node.row.assets)
      : "";

  return (
    <div
      ref={scroller}
      class="tree"
      role="tree"
      tabindex="0"
      aria-label={t("views.explorer.tree")}
      aria-activedescendant={nodes().length > 0 ? `tree-${active()}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div
        class="tree-body"
        role="presentation"
        style={{ height: `${nodes().length * LINE_HEIGHT}px` }}
      >
        <Index each={slots()}>
          {(index) => {
            const node = createMemo(() => nodes()[index()]);
            return (
              <Show when={node()}>
                {(one) => (
                  <div
                    id={`tree-${index()}`}
                    role="treeitem"
                    class={`tree-line is-${one().kind}`}
                    classList={{
                      "is-active": index() === active(),
                      "is-selected": one().key === props.selected,
                    }}
                    aria-level={one().level}
                    aria-posinset={one().position}
                    aria-setsize={one().size}
                    aria-selected={one().key === props.selected}
                    aria-expanded={expanded(one())}
                    style={{
                      transform: `translateY(${index() * LINE_HEIGHT}px)`,
                      "--level": String(one().level - 1),
                    }}
                    onClick={() => {
                      setActiveKey(one().key);
                      choose(one());
                    }}
                  >
                    <span class="tree-arrow">
                      <Show when={expanded(one()) !== undefined}>
                        <ChevronRight size={14} aria-hidden="true" />
                      </Show>
                    </span>
                    {one().kind === "provider"
                      ? <Globe size={14} aria-hidden="true" />
                      : one().kind === "creator"
                      ? <User size={14} aria-hidden="true" />
                      : <Box size={14} aria-hidden="true" />}
                    <span class="tree-label" title={label(one())}>{label(one())}</span>
                    <span class="tree-count">{count(one())}</span>
                  </div>
                )}
              </Show>
            );
          }}
        </Index>
      </div>
    </div>
  );
}

function expanded(node: TreeNode): boolean | undefined {
  return node.kind === "provider" || node.kind === "creator" ? node.open : undefined;
}
