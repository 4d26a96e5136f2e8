import LoaderCircle from "lucide-solid/icons/loader-circle";
import type { LucideIcon } from "lucide-solid";
import { type JSX, Show, splitProps } from "solid-js";
import { Dynamic } from "solid-js/web";
import "./button.css";

export interface ButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** One `primary` at most in a view. @default {"default"} */
  readonly variant?: "primary" | "default" | "quiet" | "danger" | undefined;
  /** @default {"medium"} */
  readonly size?: "small" | "medium" | "large" | undefined;
  /** What it started is under way: it turns and cannot be pressed. */
  readonly busy?: boolean | undefined;
  readonly icon?: LucideIcon | undefined;
}

/** A button with a text. For one with only an icon take IconButton. */
export function Button(props: ButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, [
    "variant",
    "size",
    "busy",
    "icon",
    "class",
    "disabled",
    "children",
  ]);
  return (
    <button
      type="button"
      {...rest}
      class={`button button-${own.variant ?? "default"} button-${own.size ?? "medium"} ${
        own.class ?? ""
      }`}
      disabled={own.disabled || own.busy}
      aria-busy={own.busy ? "true" : undefined}
    >
      <Show
        when={own.busy}
        fallback={
          <Show when={own.icon}>
            {(icon) => <Dynamic component={icon()} size={16} aria-hidden="true" />}
          </Show>
        }
      >
        <LoaderCircle class="button-spinner" size={16} aria-hidden="true" />
      </Show>
      {own.children}
    </button>
  );
}
