import { For, type JSX } from "solid-js";
import "./skeleton.css";

/** Holds the place of lines that are on their way. */
export function Skeleton(props: {
  /** @default {1} */
  readonly lines?: number | undefined;
  readonly class?: string | undefined;
}): JSX.Element {
  return (
    <div class={`skeleton ${props.class ?? ""}`} aria-hidden="true">
      <For each={Array.from({ length: props.lines ?? 1 })}>
        {() => <div class="skeleton-line" />}
      </For>
    </div>
  );
}
