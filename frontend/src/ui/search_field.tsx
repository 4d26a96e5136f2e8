import Search from "lucide-solid/icons/search";
import X from "lucide-solid/icons/x";
import { type JSX, Show } from "solid-js";
import { useI18n } from "../i18n/i18n.tsx";
import "./field.css";
import { IconButton } from "./icon_button.tsx";
import "./search_field.css";

/** A search text; Escape or the cross clear it. */
export function SearchField(props: {
  readonly value: string;
  /** At each key. */
  readonly onChange: (value: string) => void;
  /** @default "Search" */
  readonly label?: string | undefined;
  /** @default the label */
  readonly placeholder?: string | undefined;
  readonly class?: string | undefined;
  /** Id of what the keys move among, where it stands before a list. */
  readonly activeDescendant?: string | undefined;
  readonly ref?: ((input: HTMLInputElement) => void) | undefined;
}): JSX.Element {
  const { t } = useI18n();
  let input: HTMLInputElement | undefined;
  const label = () => props.label ?? t("search");
  const clear = () => {
    props.onChange("");
    input?.focus();
  };
  return (
    <div class={`field-box search-field ${props.class ?? ""}`}>
      <Search size={14} aria-hidden="true" />
      <input
        ref={(element) => {
          input = element;
          props.ref?.(element);
        }}
        class="field-input"
        type="search"
        aria-label={label()}
        aria-activedescendant={props.activeDescendant}
        placeholder={props.placeholder ?? label()}
        spellcheck={false}
        autocomplete="off"
        value={props.value}
        onInput={({ currentTarget }) => props.onChange(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || props.value === "") return;
          event.stopPropagation();
          event.preventDefault();
          clear();
        }}
      />
      <Show when={props.value !== ""}>
        <IconButton label={t("clearSearch")} icon={X} size="small" onClick={clear} />
      </Show>
    </div>
  );
}
