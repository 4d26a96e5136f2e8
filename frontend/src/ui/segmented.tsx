import { ToggleGroup } from "@kobalte/core/toggle-group";
import type { LucideIcon } from "lucide-solid";
import { For, type JSX, Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import "./segmented.css";

export interface Segment<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly icon?: LucideIcon | undefined;
}

/** One of a few values, all in sight. */
export function Segmented<T extends string>(props: {
  readonly options: readonly Segment<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly "aria-label": string;
  readonly disabled?: boolean | undefined;
}): JSX.Element {
  const choose = (value: string | null) => {
    const option = props.options.find((each) => each.value === value);
    if (option) props.onChange(option.value);
  };
  return (
    <ToggleGroup
      class="segmented"
      value={props.value}
      onChange={choose}
      aria-label={props["aria-label"]}
      disabled={props.disabled ?? false}
    >
      <For each={props.options}>
        {(option) => (
          <ToggleGroup.Item class="segmented-item" value={option.value}>
            <Show when={option.icon}>
              {(icon) => <Dynamic component={icon()} size={14} aria-hidden="true" />}
            </Show>
            {option.label}
          </ToggleGroup.Item>
        )}
      </For>
    </ToggleGroup>
  );
}
