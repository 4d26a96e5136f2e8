import { createMemo, createSignal, type JSX, onCleanup, Show } from "solid-js";
import type { AccountRow } from "../../../../extensions/sync-engine/protocol.ts";
import { BridgeError, isAbort } from "../../bridge/bridge.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import { errorText, sentences } from "../../ui/failure.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { BrowserSignIn } from "./browser_sign_in.tsx";
import { SchemeGuide } from "./scheme_guide.tsx";
import { SecretField } from "./secret_field.tsx";

/** Milliseconds: the site may be slow, and the engine waits its turn there. */
const LOGIN_DEADLINE = 120_000;

/** Takes what the site gave the user, and has the engine try it. */
export function SignInPanel(props: {
  readonly account: AccountRow;
  readonly onSignedIn: () => void;
  readonly onCancel: () => void;
}): JSX.Element {
  const { bridge } = useApp();
  const { t } = useI18n();
  const [chosen, setChosen] = createSignal<string | null>(null);
  const [secret, setSecret] = createSignal("");
  const [error, setError] = createSignal<string | null>(null);
  const [running, setRunning] = createSignal<AbortController | null>(null);
  const scheme = createMemo(() => {
    const { schemes } = props.account;
    return schemes.find(({ id }) => id === chosen()) ?? schemes[0];
  });

  const choose = (id: string) => {
    setChosen(id);
    setSecret("");
    setError(null);
  };
  const cancel = () => {
    const controller = running();
    if (!controller) return props.onCancel();
    controller.abort();
    // The engine may have ended it by itself in the meantime.
    bridge.call("accounts.cancelLogin", {}).catch(() => {});
  };
  onCleanup(() => running() && cancel());

  const words = (failure: unknown): string => {
    if (failure instanceof BridgeError && failure.code === "needsAuth") {
      return t("views.accounts.refused");
    }
    return sentences(errorText(failure, t));
  };
  const signIn = async (schemeId: string) => {
    if (secret().trim() === "") return setError(t("views.accounts.missing"));
    const controller = new AbortController();
    setRunning(controller);
    setError(null);
    try {
      const params = { provider: props.account.id, scheme: schemeId, secret: secret().trim() };
      await bridge.call("accounts.login", params, {
        signal: controller.signal,
        deadline: LOGIN_DEADLINE,
      });
      props.onSignedIn();
    } catch (failure) {
      if (!isAbort(failure)) setError(words(failure));
    } finally {
      setRunning(null);
    }
  };

  return (
    <Show when={scheme()}>
      {(way) => (
        <div
          class="accounts-panel"
          tabIndex={-1}
          ref={(panel) => queueMicrotask(() => panel.focus())}
        >
          <Show when={props.account.schemes.length > 1}>
            <Segmented
              aria-label={t("views.accounts.way")}
              options={props.account.schemes.map(({ id, label }) => ({ value: id, label }))}
              value={way().id}
              onChange={choose}
              disabled={running() !== null}
            />
          </Show>
          <SchemeGuide scheme={way()} />
          <Show
            when={way().kind === "secret"}
            fallback={
              <BrowserSignIn
                provider={props.account.id}
                scheme={way()}
                onSignedIn={props.onSignedIn}
                onCancel={props.onCancel}
              />
            }
          >
            <form
              class="accounts-secret"
              onSubmit={(event) => {
                event.preventDefault();
                void signIn(way().id);
              }}
            >
              <SecretField
                label={way().label}
                value={secret()}
                onChange={(text) => {
                  setSecret(text);
                  setError(null);
                }}
                error={error()}
                disabled={running() !== null}
              />
              <div class="accounts-panel-actions">
                <Button type="submit" variant="primary" busy={running() !== null}>
                  {running() ? t("views.accounts.checking") : t("views.accounts.signIn")}
                </Button>
                <Button variant="quiet" onClick={cancel}>{t("cancel")}</Button>
              </div>
            </form>
          </Show>
        </div>
      )}
    </Show>
  );
}
