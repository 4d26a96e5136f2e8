import { createRenderEffect, type JSX, Show } from "solid-js";
import "./checkbox.css";

/** A native check box: lists hold many of them. It shows what it is given, whatever was clicked. */
export function Checkbox(props: {
  readonly checked: boolean;
  /** Neither on nor off, as over a mixed selection. */
  readonly indeterminate?: boolean | undefined;
  readonly onChange: (checked: boolean) => void;
  readonly label?: JSX.Element;
  /** Its name where there is no visible label. */
  readonly "aria-label"?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly tabIndex?: number | undefined;
}): JSX.Element {
  return (
    <label class="checkbox">
      <input
        class="checkbox-input"
        type="checkbox"
        checked={props.checked}
        ref={(input) =>
          createRenderEffect(() => {
            input.indeterminate = props.indeterminate ?? false;
          })}
        disabled={props.disabled ?? false}
        tabIndex={props.tabIndex ?? 0}
        aria-label={props["aria-label"]}
        onChange={({ currentTarget }) => {
          props.onChange(currentTarget.checked);
          currentTarget.checked = props.checked;
          currentTarget.indeterminate = props.indeterminate ?? false;
        }}
      />
      <Show when={props.label}>
        <span>{props.label}</span>
      </Show>
    </label>
  );
}
