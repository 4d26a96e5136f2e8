import { Popover } from "@kobalte/core/popover";
import Check from "lucide-solid/icons/check";
import ChevronsUpDown from "lucide-solid/icons/chevrons-up-down";
import { createEffect, createSignal, createUniqueId, For, type JSX, Show } from "solid-js";
import { useI18n } from "../i18n/i18n.tsx";
import { SearchField } from "./search_field.tsx";
import "./menu.css";
import "./search_select.css";
import "./select.css";

/** One of the values to choose from. */
export interface SearchOption {
  readonly value: string;
  readonly label: string;
  /** Tells it apart from others of the same label. */
  readonly detail?: string | undefined;
}

/** What a search found. */
export interface Found {
  readonly options: readonly SearchOption[];
  /** How many more there are. */
  readonly more: number;
}

/**
 * One of so many values that they are searched rather than listed. The focus stays in the search field;
 * `aria-activedescendant` tells which value it means.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function SearchSelect(props: {
  /** Its name. */
  readonly label: string;
  /** What it says when nothing is chosen. */
  readonly any: string;
  readonly value: string | undefined;
  /** What the chosen value is called. */
  readonly valueLabel: string;
  readonly find: (typed: string) => Promise<Found>;
  readonly onChange: (option: SearchOption | undefined) => void;
}): JSX.Element {
  const { t } = useI18n();
  const id = createUniqueId();
  const [open, setOpen] = createSignal(false);
  const [typed, setTyped] = createSignal("");
  const [active, setActive] = createSignal(0);
  // No resource: its first answer would hold up the whole view.
  const [found, setFound] = createSignal<Found | null>(null);
  let asked = 0;
  createEffect(() => {
    if (!open()) return;
    const turn = ++asked;
    props.find(typed().trim()).catch((): Found => ({ options: [], more: 0 })).then((answer) => {
      if (turn === asked) setFound(answer);
    });
  });
  // The first choice takes the condition away.
  const options = (): readonly SearchOption[] => [
    ...typed().trim() === "" ? [{ value: "", label: props.any }] : [],
    ...found()?.options ?? [],
  ];
  const choose = (option: SearchOption | undefined) => {
    if (!option) return;
    props.onChange(option.value === "" ? undefined : option);
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = options().length - 1;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setActive((now) => Math.max(0, Math.min(last, now + step)));
      document.getElementById(`${id}-${active()}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(options()[active()]);
    }
  };
  return (
    <Popover
      open={open()}
      onOpenChange={(wanted) => {
        setTyped("");
        setActive(0);
        setOpen(wanted);
      }}
      gutter={4}
    >
      <Popover.Trigger
        class="select-trigger search-select"
        aria-label={`${props.label}: ${props.value === undefined ? props.any : props.valueLabel}`}
      >
        <span class="select-value">{props.value === undefined ? props.any : props.valueLabel}</span>
        <span class="select-icon">
          <ChevronsUpDown size={14} aria-hidden="true" />
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content class="menu search-select-content" aria-label={props.label}>
          <div onKeyDown={onKeyDown}>
            <SearchField
              label={t("search")}
              value={typed()}
              onChange={(text) => {
                setTyped(text);
                setActive(0);
              }}
              ref={(input) => {
                input.setAttribute("role", "combobox");
                input.setAttribute("aria-controls", `${id}-list`);
                input.setAttribute("aria-expanded", "true");
                queueMicrotask(() => input.focus());
              }}
              activeDescendant={options().length > 0 ? `${id}-${active()}` : undefined}
            />
          </div>
          <ul
            id={`${id}-list`}
            class="select-list search-select-list"
            role="listbox"
            aria-label={props.label}
          >
            <For each={options()}>
              {(option, index) => {
                const chosen = () => (props.value ?? "") === option.value;
                return (
                  <li
                    id={`${id}-${index()}`}
                    class="menu-item"
                    role="option"
                    aria-selected={chosen()}
                    data-highlighted={active() === index() ? "" : undefined}
                    onPointerMove={() => setActive(index())}
                    onClick={() => choose(option)}
                  >
                    <span class="menu-check">
                      <Show when={chosen()}>
                        <Check size={14} aria-hidden="true" />
                      </Show>
                    </span>
                    <span class="search-select-label">
                      {option.label}
                      <Show when={option.detail}>
                        <small>{option.detail}</small>
                      </Show>
                    </span>
                  </li>
                );
              }}
            </For>
          </ul>
          <p class="search-select-more" role="status">
            <Show when={found()?.options.length === 0}>
              {t("nothingFound")}
            </Show>
            <Show when={(found()?.more ?? 0) > 0}>{t("moreFound", found()?.more ?? 0)}</Show>
          </p>
        </Popover.Content>
      </Popover.Portal>
    </Popover>
  );
}
