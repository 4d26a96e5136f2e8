import { createEffect, createSignal, type JSX, on } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { toastError } from "../../ui/toast.tsx";
import { TextField } from "../../ui/text_field.tsx";

/** Where the browser comes back to: changed when another program uses the port. */
export function SignInPort(props: {
  readonly disabled: boolean;
  readonly onChanged: () => void;
}): JSX.Element {
  const { settings, change } = useApp();
  const { t } = useI18n();
  const [text, setText] = createSignal("");
  createEffect(on(() => settings()?.signInPort, (port) => setText(String(port ?? ""))));
  const port = () => /^\d{4,5}$/.test(text()) ? Number(text()) : NaN;
  const isPort = () => port() >= 1024 && port() <= 65_535;
  const commit = () => {
    if (!isPort() || port() === settings()?.signInPort) return;
    change({ signInPort: port() }).then(props.onChanged, (error) => toastError(error, t));
  };
  return (
    <TextField
      label={t("views.accounts.browser.port")}
      type="number"
      min={1024}
      max={65_535}
      value={text()}
      onChange={setText}
      onCommit={commit}
      disabled={props.disabled}
      error={isPort() ? null : t("views.accounts.browser.badPort")}
    />
  );
}
