import { Select as KSelect } from "@kobalte/core/select";
import Check from "lucide-solid/icons/check";
import ChevronsUpDown from "lucide-solid/icons/chevrons-up-down";
import { type JSX, Show } from "solid-js";
import "./menu.css";
import "./select.css";

export interface SelectOption<T> {
  readonly value: T;
  readonly label: string;
}

/** One of several values. */
export function Select<T extends string | number | boolean | null>(props: {
  readonly options: readonly SelectOption<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** Shown above it. */
  readonly label?: string | undefined;
  /** Its name where there is no visible label. */
  readonly "aria-label"?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly class?: string | undefined;
}): JSX.Element {
  const chosen = () => props.options.find(({ value }) => value === props.value);
  return (
    <KSelect<SelectOption<T>>
      class={`select ${props.class ?? ""}`}
      options={[...props.options]}
      // Kobalte takes an option with an empty key for none.
      optionValue={({ value }) => `=${value}`}
      optionTextValue="label"
      value={chosen() ?? null}
      onChange={(option) => option && props.onChange(option.value)}
      disabled={props.disabled ?? false}
      gutter={4}
      sameWidth={false}
      itemComponent={(item) => (
        <KSelect.Item item={item.item} class="menu-item">
          <span class="menu-check">
            <KSelect.ItemIndicator>
              <Check size={14} aria-hidden="true" />
            </KSelect.ItemIndicator>
          </span>
          <KSelect.ItemLabel>{item.item.rawValue.label}</KSelect.ItemLabel>
        </KSelect.Item>
      )}
    >
      <Show when={props.label}>
        <KSelect.Label class="field-label">{props.label}</KSelect.Label>
      </Show>
      <KSelect.Trigger class="select-trigger" aria-label={props["aria-label"]}>
        <KSelect.Value<SelectOption<T>> class="select-value">
          {(state) => state.selectedOption()?.label}
        </KSelect.Value>
        <KSelect.Icon class="select-icon">
          <ChevronsUpDown size={14} aria-hidden="true" />
        </KSelect.Icon>
      </KSelect.Trigger>
      <KSelect.Portal>
        <KSelect.Content class="menu select-content">
          <KSelect.Listbox class="select-list" />
        </KSelect.Content>
      </KSelect.Portal>
    </KSelect>
  );
}
