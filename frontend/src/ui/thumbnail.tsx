import { createEffect, createSignal, type JSX, onCleanup, Show } from "solid-js";
import { useApp } from "../stores/app.tsx";
import "./thumbnail.css";

/** Milliseconds that a model has to stay before its picture is asked for. */
const SETTLED_MS = 100;

/** The picture of a model in a box of fixed size; its first letter while there is none. */
export function Thumbnail(props: {
  readonly assetId: string;
  readonly title: string;
  /** 32, 48 or 160 px. @default {"small"} */
  readonly size?: "small" | "medium" | "large" | undefined;
}): JSX.Element {
  const app = useApp();
  // By id: rows of long lists show another model without being made anew.
  const [shown, setShown] = createSignal("");
  const [failed, setFailed] = createSignal("");
  const [settled, setSettled] = createSignal("");
  // Whoever scrolls past a model does not look at it.
  createEffect(() => {
    const { assetId } = props;
    const timer = setTimeout(() => setSettled(assetId), SETTLED_MS);
    onCleanup(() => clearTimeout(timer));
  });
  const address = () =>
    props.assetId !== settled() || props.assetId === failed() ? null : app.thumbnail(props.assetId);
  return (
    <span class={`thumbnail thumbnail-${props.size ?? "small"}`} aria-hidden="true">
      <Show when={shown() !== props.assetId || address() === null}>
        <span class="thumbnail-initial">{props.title.trim().charAt(0).toUpperCase()}</span>
      </Show>
      <Show when={address()}>
        {(src) => (
          <img
            class="thumbnail-image"
            data-shown={shown() === props.assetId ? "" : undefined}
            src={src()}
            alt=""
            loading="lazy"
            decoding="async"
            draggable={false}
            onLoad={() => setShown(props.assetId)}
            onError={() => setFailed(props.assetId)}
          />
        )}
      </Show>
    </span>
  );
}
