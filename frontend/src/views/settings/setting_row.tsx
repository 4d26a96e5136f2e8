import { createUniqueId, type JSX, Show } from "solid-js";

/** One setting: what it is, what it does, and the control. */
export function SettingRow(props: {
  readonly title: string;
  readonly text?: string | undefined;
  /** Below the text, over the whole width. */
  readonly below?: JSX.Element;
  /** The control, right of the text. Given the id of the title, for `aria-labelledby`. */
  readonly children?: (titleId: string) => JSX.Element;
}): JSX.Element {
  const id = createUniqueId();
  return (
    <section class="setting" aria-labelledby={id}>
      <div class="setting-words">
        <h3 id={id}>{props.title}</h3>
        <Show when={props.text}>{(text) => <p>{text()}</p>}</Show>
      </div>
      <div class="setting-control">{props.children?.(id)}</div>
      <Show when={props.below}>{(below) => <div class="setting-below">{below()}</div>}</Show>
    </section>
  );
}
