import Check from "lucide-solid/icons/check";
import Copy from "lucide-solid/icons/copy";
import { createSignal, type JSX, onCleanup } from "solid-js";
import { useI18n } from "../i18n/i18n.tsx";
import { Button } from "./button.tsx";
import "./copy_field.css";
import "./field.css";

/** Milliseconds that the button says that it was done. */
const SAY_COPIED = 2_000;

/** A text to be taken elsewhere. */
export function CopyField(props: { readonly label: string; readonly value: string }): JSX.Element {
  const { t } = useI18n();
  const [copied, setCopied] = createSignal(false);
  let input: HTMLInputElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.value);
    } catch {
      // No clipboard outside of secure contexts: what is selected can be copied by hand.
      input?.select();
      return;
    }
    setCopied(true);
    clearTimeout(timer);
    timer = setTimeout(() => setCopied(false), SAY_COPIED);
  };
  return (
    <div class="copy-field">
      <div class="field-box copy-field-box">
        <input
          ref={(element) => (input = element)}
          class="field-input"
          type="text"
          readOnly
          aria-label={props.label}
          value={props.value}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
      </div>
      <Button icon={copied() ? Check : Copy} onClick={() => void copy()}>
        <span aria-live="polite">{copied() ? t("copied") : t("copy")}</span>
      </Button>
    </div>
  );
}
