import { createSignal, type JSX } from "solid-js";
import "./field.css";
import "./slider.css";

/** A number in a range. The handle follows the pointer; `onChange` hears where it was let go. */
export function Slider(props: {
  /** Said to screen readers: what stands beside it names it for everybody else. */
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** @default {1} */
  readonly step?: number | undefined;
  readonly onChange: (value: number) => void;
  /** The value in words. @default the number */
  readonly format?: ((value: number) => string) | undefined;
  readonly disabled?: boolean | undefined;
}): JSX.Element {
  const [dragged, setDragged] = createSignal<number | null>(null);
  const value = () => dragged() ?? props.value;
  const words = () => props.format?.(value()) ?? String(value());
  return (
    <label class="slider">
      <span class="slider-value">{words()}</span>
      <input
        class="slider-input"
        type="range"
        min={props.min}
        max={props.max}
        step={props.step ?? 1}
        value={value()}
        disabled={props.disabled}
        aria-label={props.label}
        aria-valuetext={words()}
        onInput={({ currentTarget }) => setDragged(currentTarget.valueAsNumber)}
        onChange={({ currentTarget }) => {
          props.onChange(currentTarget.valueAsNumber);
          setDragged(null);
        }}
      />
    </label>
  );
}
