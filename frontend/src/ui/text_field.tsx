import { TextField as KTextField } from "@kobalte/core/text-field";
import { type JSX, Show } from "solid-js";
import "./field.css";

/** A line of text with its label, a description and what is wrong with it. */
export function TextField(props: {
  readonly label: string;
  /** Leaves the label to screen readers. */
  readonly hideLabel?: boolean | undefined;
  readonly value: string;
  /** At each key. */
  readonly onChange: (value: string) => void;
  /** When the user is done: Enter, or the focus moves on after a change. */
  readonly onCommit?: ((value: string) => void) | undefined;
  readonly type?: "text" | "password" | "number" | "time" | "url" | undefined;
  readonly placeholder?: string | undefined;
  readonly description?: JSX.Element;
  /** Why the value will not do; none when it is fine. */
  readonly error?: string | null | undefined;
  readonly disabled?: boolean | undefined;
  readonly readOnly?: boolean | undefined;
  readonly required?: boolean | undefined;
  readonly autocomplete?: string | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | undefined;
  /** Buttons behind the text. */
  readonly trailing?: JSX.Element;
  readonly ref?: ((input: HTMLInputElement) => void) | undefined;
}): JSX.Element {
  return (
    <KTextField
      class="field"
      value={props.value}
      onChange={props.onChange}
      validationState={props.error ? "invalid" : "valid"}
      disabled={props.disabled ?? false}
      readOnly={props.readOnly ?? false}
      required={props.required ?? false}
    >
      <KTextField.Label class={props.hideLabel ? "visually-hidden" : "field-label"}>
        {props.label}
      </KTextField.Label>
      <div class="field-box">
        <KTextField.Input
          ref={props.ref}
          class="field-input"
          type={props.type ?? "text"}
          placeholder={props.placeholder}
          autocomplete={props.autocomplete}
          spellcheck={false}
          min={props.min}
          max={props.max}
          step={props.step}
          onChange={(event) => props.onCommit?.(event.currentTarget.value)}
        />
        {props.trailing}
      </div>
      <Show when={props.description}>
        <KTextField.Description class="field-description">
          {props.description}
        </KTextField.Description>
      </Show>
      <KTextField.ErrorMessage class="field-error">{props.error}</KTextField.ErrorMessage>
    </KTextField>
  );
}
