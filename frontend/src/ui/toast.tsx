import { Toast, toaster } from "@kobalte/core/toast";
import CircleAlert from "lucide-solid/icons/circle-alert";
import CircleCheck from "lucide-solid/icons/circle-check";
import Info from "lucide-solid/icons/info";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import X from "lucide-solid/icons/x";
import { type JSX, Show } from "solid-js";
import { Dynamic, Portal } from "solid-js/web";
import { isAbort } from "../bridge/bridge.ts";
import { type I18n, useI18n } from "../i18n/i18n.tsx";
import { Button } from "./button.tsx";
import { errorText, sentences } from "./failure.ts";
import "./toast.css";

export interface ToastMessage {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  /** @default {"neutral"} */
  readonly tone?: "neutral" | "ok" | "warn" | "danger" | undefined;
  /** Takes the place of the message that has the same topic, so that quick repeats do not pile up. */
  readonly topic?: string | undefined;
}

const ICONS = { neutral: Info, ok: CircleCheck, warn: TriangleAlert, danger: CircleAlert };

/** Milliseconds that a message stays. */
const STAY = 5_000;
/** When there is something to do about it. */
const STAY_LONG = 10_000;

const shownTopics = new Map<string, number>();

/** Tells something in passing. It waits while the pointer or the focus is on it. */
export function toast(message: ToastMessage): void {
  const { topic } = message;
  const before = topic === undefined ? undefined : shownTopics.get(topic);
  if (before !== undefined) toaster.dismiss(before);
  const id = toaster.show(({ toastId }) => <ToastCard id={toastId} {...message} />);
  if (topic !== undefined) shownTopics.set(topic, id);
}

/** Tells a failure; giving up on purpose is none. */
export function toastError(error: unknown, t: I18n["t"]): void {
  if (isAbort(error)) return;
  toast({ text: sentences(errorText(error, t)), tone: "danger" });
}

function ToastCard(props: ToastMessage & { readonly id: number }): JSX.Element {
  const { t } = useI18n();
  const tone = () => props.tone ?? "neutral";
  const important = () => props.action !== undefined || tone() === "danger" || tone() === "warn";
  return (
    <Toast
      as="div"
      toastId={props.id}
      class={`toast toast-${tone()}`}
      duration={important() ? STAY_LONG : STAY}
      priority={tone() === "danger" ? "high" : "low"}
    >
      <Dynamic component={ICONS[tone()]} class="toast-icon" size={16} aria-hidden="true" />
      <Toast.Description class="toast-text">{props.text}</Toast.Description>
      <Show when={props.action}>
        {(action) => (
          <Button
            size="small"
            onClick={() => {
              action().run();
              toaster.dismiss(props.id);
            }}
          >
            {action().label}
          </Button>
        )}
      </Show>
      <Toast.CloseButton
        class="button icon-button button-quiet button-small"
        aria-label={t("dismiss")}
      >
        <X size={14} aria-hidden="true" />
      </Toast.CloseButton>
    </Toast>
  );
}

/** Where messages appear; once on the page. */
export function ToastRegion(): JSX.Element {
  return (
    <Portal>
      <Toast.Region limit={4}>
        <Toast.List as="div" class="toast-list" />
      </Toast.Region>
    </Portal>
  );
}
