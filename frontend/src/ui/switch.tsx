import { type JSX, Show } from "solid-js";
import "./switch.css";

/** On or off, at once. It shows what it is given, whatever was clicked. */
export function Switch(props: {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label?: JSX.Element;
  /** Its name where there is no visible label. */
  readonly "aria-label"?: string | undefined;
  readonly disabled?: boolean | undefined;
}): JSX.Element {
  return (
    <label class="switch">
      <input
        class="switch-input"
        type="checkbox"
        role="switch"
        checked={props.checked}
        disabled={props.disabled}
        aria-label={props["aria-label"]}
        onChange={({ currentTarget }) => {
          props.onChange(currentTarget.checked);
          currentTarget.checked = props.checked;
        }}
      />
      <Show when={props.label}>
        <span>{props.label}</span>
      </Show>
    </label>
  );
}
