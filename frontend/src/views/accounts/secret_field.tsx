import ClipboardPaste from "lucide-solid/icons/clipboard-paste";
import Eye from "lucide-solid/icons/eye";
import EyeOff from "lucide-solid/icons/eye-off";
import { createSignal, type JSX } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { IconButton } from "../../ui/icon_button.tsx";
import { TextField } from "../../ui/text_field.tsx";

/** A secret that is pasted; it can be looked at. */
export function SecretField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | null;
  readonly disabled: boolean;
}): JSX.Element {
  const { t } = useI18n();
  const [shown, setShown] = createSignal(false);
  let input: HTMLInputElement | undefined;
  const paste = async () => {
    input?.focus();
    try {
      props.onChange(await navigator.clipboard.readText());
    } catch {
      // The browser does not let pages read the clipboard: the field has the focus for Ctrl-V.
    }
  };
  return (
    <TextField
      ref={(element) => (input = element)}
      label={t("views.accounts.secret", { label: props.label })}
      type={shown() ? "text" : "password"}
      autocomplete="off"
      value={props.value}
      onChange={props.onChange}
      error={props.error}
      disabled={props.disabled}
      trailing={
        <>
          <IconButton
            label={t("views.accounts.paste")}
            icon={ClipboardPaste}
            size="small"
            disabled={props.disabled}
            onClick={() => void paste()}
          />
          <IconButton
            label={shown() ? t("views.accounts.hide") : t("views.accounts.show")}
            icon={shown() ? EyeOff : Eye}
            size="small"
            onClick={() => setShown(!shown())}
          />
        </>
      }
    />
  );
}
