import { DropdownMenu } from "@kobalte/core/dropdown-menu";
import type { LucideIcon } from "lucide-solid";
import Check from "lucide-solid/icons/check";
import Ellipsis from "lucide-solid/icons/ellipsis";
import { Index, type JSX, Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import "./button.css";
import "./icon_button.css";
import "./menu.css";

export interface MenuItem {
  readonly label: string;
  readonly icon?: LucideIcon | undefined;
  readonly onSelect: () => void;
  readonly danger?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** Makes it an item with a tick; the menu then stays open. */
  readonly checked?: boolean | undefined;
}

/** A button that opens a menu. */
export function Menu(props: {
  /** What the button is called. */
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** @default three dots */
  readonly icon?: LucideIcon | undefined;
  /** Whether the label stands in the button. @default {false} */
  readonly showLabel?: boolean | undefined;
  /** @default {"quiet"} */
  readonly variant?: "default" | "quiet" | undefined;
  /** @default {"medium"} */
  readonly size?: "small" | "medium" | undefined;
  readonly disabled?: boolean | undefined;
}): JSX.Element {
  return (
    <DropdownMenu gutter={4} placement="bottom-end">
      <DropdownMenu.Trigger
        class={`button ${props.showLabel ? "" : "icon-button"} button-${
          props.variant ?? "quiet"
        } button-${props.size ?? "medium"}`}
        aria-label={props.label}
        title={props.showLabel ? undefined : props.label}
        disabled={props.disabled ?? false}
      >
        <Dynamic component={props.icon ?? Ellipsis} size={16} aria-hidden="true" />
        <Show when={props.showLabel}>{props.label}</Show>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class="menu">
          {/* By place: an item whose tick changes stays the element that it is. */}
          <Index each={props.items}>
            {(item) => (
              <Show when={item().checked !== undefined} fallback={<PlainItem item={item()} />}>
                <TickedItem item={item()} />
              </Show>
            )}
          </Index>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}

function PlainItem(props: { readonly item: MenuItem }): JSX.Element {
  return (
    <DropdownMenu.Item
      class={props.item.danger ? "menu-item menu-danger" : "menu-item"}
      disabled={props.item.disabled ?? false}
      onSelect={() => props.item.onSelect()}
    >
      <Show when={props.item.icon}>
        {(icon) => <Dynamic component={icon()} size={16} aria-hidden="true" />}
      </Show>
      {props.item.label}
    </DropdownMenu.Item>
  );
}

function TickedItem(props: { readonly item: MenuItem }): JSX.Element {
  return (
    <DropdownMenu.CheckboxItem
      class="menu-item"
      checked={props.item.checked ?? false}
      disabled={props.item.disabled ?? false}
      closeOnSelect={false}
      onChange={() => props.item.onSelect()}
    >
      <span class="menu-tick">
        <DropdownMenu.ItemIndicator>
          <Check size={16} aria-hidden="true" />
        </DropdownMenu.ItemIndicator>
      </span>
      {props.item.label}
    </DropdownMenu.CheckboxItem>
  );
}
