import type { JSX } from "solid-js";
import "./progress_bar.css";

/** How far something is. */
export function ProgressBar(props: {
  /** 0 to 1; null when it cannot be said. */
  readonly value: number | null;
  readonly label: string;
  /** @default {"accent"} */
  readonly tone?: "accent" | "neutral" | "danger" | undefined;
}): JSX.Element {
  const share = () => props.value === null ? null : Math.min(1, Math.max(0, props.value));
  return (
    <div
      class={`progress-bar progress-bar-${props.tone ?? "accent"}`}
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share() === null ? undefined : Math.round((share() ?? 0) * 100)}
      data-unknown={share() === null ? "" : undefined}
      style={{ "--share": String(share() ?? 1) }}
    >
      <div class="progress-bar-fill" />
    </div>
  );
}
