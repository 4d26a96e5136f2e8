import type { LucideIcon } from "lucide-solid";
import { type JSX, Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import "./empty_state.css";

/** Says why there is nothing to see, and what to do about it. */
export function EmptyState(props: {
  readonly icon?: LucideIcon | undefined;
  readonly title: string;
  readonly text?: JSX.Element;
  readonly actions?: JSX.Element;
}): JSX.Element {
  return (
    <div class="empty-state">
      <Show when={props.icon}>
        {(icon) => (
          <Dynamic component={icon()} class="empty-state-icon" size={28} aria-hidden="true" />
        )}
      </Show>
      <h2>{props.title}</h2>
      <Show when={props.text}>
        <div class="empty-state-text">{props.text}</div>
      </Show>
      <Show when={props.actions}>
        <div class="empty-state-actions">{props.actions}</div>
      </Show>
    </div>
  );
}
