import KeyRound from "lucide-solid/icons/key-round";
import { createResource, createSignal, type JSX, Match, Switch } from "solid-js";
import type { Door } from "../host/host.ts";
import { useI18n } from "../i18n/i18n.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty_state.tsx";
import { TextField } from "../ui/text_field.tsx";
import { toastError } from "../ui/toast.tsx";
import "./refused.css";

/** Stands in place of everything while the server does not let the page in. */
export function Refused(props: {
  readonly door: Door | null;
  readonly reconnect: () => void;
}): JSX.Element {
  const { t } = useI18n();
  const [wants] = createResource(async () => await props.door?.wants() ?? "token");
  return (
    <main class="refused">
      <h1 class="visually-hidden">{t("appName")}</h1>
      <Switch>
        <Match when={wants.error || wants() === "token" || wants() === "nothing"}>
          <EmptyState
            icon={KeyRound}
            title={t("connection.refusedTitle")}
            text={t("connection.refusedText")}
            actions={<Button onClick={() => props.reconnect()}>{t("retry")}</Button>}
          />
        </Match>
        <Match when={wants() === "password" && props.door}>
          {(door) => <PasswordForm door={door()} onEntered={props.reconnect} />}
        </Match>
      </Switch>
    </main>
  );
}

function PasswordForm(props: {
  readonly door: Door;
  readonly onEntered: () => void;
}): JSX.Element {
  const { t } = useI18n();
  const [password, setPassword] = createSignal("");
  const [wrong, setWrong] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const enter = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const right = await props.door.enter(password());
      setWrong(!right);
      if (right) props.onEntered();
    } catch (error) {
      toastError(error, t);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="refused-form" onSubmit={(event) => void enter(event)}>
      <h2>{t("connection.passwordTitle")}</h2>
      <TextField
        ref={(input) => queueMicrotask(() => input.focus())}
        label={t("connection.password")}
        description={t("connection.passwordText")}
        type="password"
        autocomplete="current-password"
        value={password()}
        onChange={setPassword}
        error={wrong() ? t("connection.wrongPassword") : null}
      />
      <Button type="submit" variant="primary" size="large" busy={busy()}>
        {t("connection.enter")}
      </Button>
    </form>
  );
}
