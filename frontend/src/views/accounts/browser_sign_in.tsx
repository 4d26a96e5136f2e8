import Globe from "lucide-solid/icons/globe";
import { createResource, createSignal, type JSX, Match, onCleanup, Show, Switch } from "solid-js";
import type {
  AuthSchemeRow,
  PendingSignIn,
  RegisteredApp,
} from "../../../../extensions/sync-engine/protocol.ts";
import { BridgeError, isAbort } from "../../bridge/bridge.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import { CopyField } from "../../ui/copy_field.tsx";
import { ErrorState } from "../../ui/error_state.tsx";
import { errorText, sentences } from "../../ui/failure.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { TextField } from "../../ui/text_field.tsx";
import { SecretField } from "./secret_field.tsx";
import { SignInPort } from "./sign_in_port.tsx";
import { WaitForBrowser } from "./wait_for_browser.tsx";

/** Signing in on the site itself, for an app that the user has registered there. */
export function BrowserSignIn(props: {
  readonly provider: string;
  readonly scheme: AuthSchemeRow;
  readonly onSignedIn: () => void;
  readonly onCancel: () => void;
}): JSX.Element {
  const { bridge } = useApp();
  const way = () => ({ provider: props.provider, scheme: props.scheme.id });
  const [app, { refetch }] = createResource(way, (asked) => bridge.call("accounts.app", asked));
  return (
    <Switch fallback={<Skeleton lines={4} />}>
      <Match when={app.error}>
        <ErrorState error={app.error} onRetry={() => void refetch()} />
      </Match>
      <Match when={app.latest}>
        {(registered) => (
          <BrowserForm
            way={way()}
            app={registered()}
            onPort={() => void refetch()}
            onSignedIn={props.onSignedIn}
            onCancel={props.onCancel}
          />
        )}
      </Match>
    </Switch>
  );
}

function BrowserForm(props: {
  readonly way: { readonly provider: string; readonly scheme: string };
  readonly app: RegisteredApp;
  readonly onPort: () => void;
  readonly onSignedIn: () => void;
  readonly onCancel: () => void;
}): JSX.Element {
  const { bridge, openLink } = useApp();
  const { t } = useI18n();
  const [clientId, setClientId] = createSignal(props.app.clientId ?? "");
  const [secret, setSecret] = createSignal("");
  const [editing, setEditing] = createSignal(props.app.clientId === null);
  const [error, setError] = createSignal<string | null>(null);
  const [pending, setPending] = createSignal<PendingSignIn | null>(null);
  const [waiting, setWaiting] = createSignal<AbortController | null>(null);

  const cancel = () => {
    const controller = waiting();
    if (!controller) return props.onCancel();
    controller.abort();
    // The engine may have ended it by itself in the meantime.
    bridge.call("accounts.cancelLogin", {}).catch(() => {});
  };
  onCleanup(() => waiting() && cancel());

  // What the site said of this sign-in tells more than what holds for all of them.
  const words = (failure: unknown): string =>
    failure instanceof BridgeError && failure.code === "needsAuth"
      ? failure.message
      : sentences(errorText(failure, t));
  const signIn = async () => {
    if (clientId().trim() === "") return setError(t("views.accounts.browser.missing"));
    const controller = new AbortController();
    setWaiting(controller);
    setError(null);
    try {
      if (editing()) {
        const clientSecret = secret().trim() || null;
        await bridge.call("accounts.setApp", {
          ...props.way,
          clientId: clientId().trim(),
          clientSecret,
        });
        setEditing(false);
      }
      const { signal } = controller;
      const started = await bridge.call("accounts.authorize", props.way, { signal });
      setPending(started);
      openLink(started.url);
      const { provider } = props.way;
      // The engine gives up by itself when the time is over.
      const deadline = started.until - Date.now() + 60_000;
      await bridge.call("accounts.authorized", { provider }, { signal, deadline });
      props.onSignedIn();
    } catch (failure) {
      if (!isAbort(failure)) setError(words(failure));
    } finally {
      setWaiting(null);
      setPending(null);
    }
  };

  return (
    <form
      class="accounts-browser"
      onSubmit={(event) => {
        event.preventDefault();
        void signIn();
      }}
    >
      <div>
        <h3>{t("views.accounts.browser.returnAddress")}</h3>
        <CopyField
          label={t("views.accounts.browser.returnAddress")}
          value={props.app.redirectUri}
        />
        <SignInPort disabled={waiting() !== null} onChanged={props.onPort} />
      </div>
      <Show
        when={editing()}
        fallback={
          <p class="accounts-app">
            {t("views.accounts.browser.app", { id: clientId() })}
            <Button variant="quiet" disabled={waiting() !== null} onClick={() => setEditing(true)}>
              {t("views.accounts.browser.change")}
            </Button>
          </p>
        }
      >
        <TextField
          label={t("views.accounts.browser.clientId")}
          value={clientId()}
          onChange={setClientId}
          autocomplete="off"
          disabled={waiting() !== null}
        />
        <SecretField
          label={t("views.accounts.browser.clientSecret")}
          value={secret()}
          onChange={setSecret}
          error={null}
          disabled={waiting() !== null}
        />
      </Show>
      <Show when={error()}>
        {(text) => <p class="field-error" role="alert">{text()}</p>}
      </Show>
      <Show when={pending()}>{(started) => <WaitForBrowser url={started().url} />}</Show>
      <div class="accounts-panel-actions">
        <Button type="submit" variant="primary" icon={Globe} busy={waiting() !== null}>
          {waiting() ? t("views.accounts.browser.waiting") : t("views.accounts.browser.signIn")}
        </Button>
        <Button variant="quiet" onClick={cancel}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
