import type { LucideIcon } from "lucide-solid";
import { type JSX, Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import "./badge.css";

/** A word about the state of something. */
export function Badge(props: {
  /** @default {"neutral"} */
  readonly tone?: "neutral" | "accent" | "ok" | "warn" | "danger" | undefined;
  readonly icon?: LucideIcon | undefined;
  readonly title?: string | undefined;
  readonly children: JSX.Element;
}): JSX.Element {
  return (
    <span class={`badge badge-${props.tone ?? "neutral"}`} title={props.title}>
      <Show when={props.icon}>
        {(icon) => <Dynamic component={icon()} size={12} aria-hidden="true" />}
      </Show>
      {props.children}
    </span>
  );
}
