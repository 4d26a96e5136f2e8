import { Tooltip as KTooltip } from "@kobalte/core/tooltip";
import type { Component, JSX } from "solid-js";
import "./tooltip.css";

export type TooltipPlacement = "top" | "right" | "bottom" | "left";

/** What the element that is hovered must take. */
export type TooltipTriggerProps<E extends HTMLElement> = JSX.HTMLAttributes<E>;

/** A short text at an element while the pointer or the focus is on it. */
export function Tooltip<E extends HTMLElement = HTMLSpanElement>(props: {
  readonly text: string;
  /** Draws the element; it must spread the given properties. @default a focusable span around the children */
  readonly as?: Component<TooltipTriggerProps<E>> | undefined;
  /** @default {"top"} */
  readonly placement?: TooltipPlacement | undefined;
  readonly disabled?: boolean | undefined;
  readonly children?: JSX.Element;
}): JSX.Element {
  return (
    <KTooltip
      placement={props.placement ?? "top"}
      gutter={6}
      openDelay={500}
      closeDelay={50}
      disabled={props.disabled ?? false}
    >
      <KTooltip.Trigger
        as={props.as ??
          ((trigger: TooltipTriggerProps<HTMLSpanElement>) => (
            <span tabIndex={0} class="tooltip-trigger" {...trigger} />
          ))}
      >
        {props.children}
      </KTooltip.Trigger>
      <KTooltip.Portal>
        <KTooltip.Content class="tooltip">{props.text}</KTooltip.Content>
      </KTooltip.Portal>
    </KTooltip>
  );
}
