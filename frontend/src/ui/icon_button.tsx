import type { LucideIcon } from "lucide-solid";
import { type JSX, splitProps } from "solid-js";
import { Dynamic } from "solid-js/web";
import type { ButtonProps } from "./button.tsx";
import "./button.css";
import "./icon_button.css";
import { Tooltip, type TooltipPlacement, type TooltipTriggerProps } from "./tooltip.tsx";

export interface IconButtonProps extends Omit<ButtonProps, "icon" | "children" | "busy"> {
  /** What it does: its name for screen readers, and its tooltip. */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly placement?: TooltipPlacement | undefined;
}

/** A square button with an icon, named by a tooltip. */
export function IconButton(props: IconButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ["label", "icon", "placement", "variant", "size", "class"]);
  return (
    <Tooltip
      text={own.label}
      placement={own.placement}
      as={(trigger: TooltipTriggerProps<HTMLButtonElement>) => (
        <button
          type="button"
          {...trigger}
          {...rest}
          class={`button icon-button button-${own.variant ?? "quiet"} button-${
            own.size ?? "medium"
          } ${own.class ?? ""}`}
          aria-label={own.label}
        >
          <Dynamic component={own.icon} size={16} aria-hidden="true" />
        </button>
      )}
    />
  );
}
