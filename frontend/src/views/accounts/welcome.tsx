import { A, useNavigate } from "@solidjs/router";
import FlaskConical from "lucide-solid/icons/flask-conical";
import Folder from "lucide-solid/icons/folder";
import { createSignal, type JSX, Show } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import { toastError } from "../../ui/toast.tsx";

/** Milliseconds for opening another library. */
const REOPEN_DEADLINE = 60_000;

/** Greets whoever starts the application for the first time. */
export function Welcome(props: {
  /** Null while a sign-in is open. */
  readonly onSignIn: (() => void) | null;
}): JSX.Element {
  const app = useApp();
  const { t } = useI18n();
  const navigate = useNavigate();
  const [entering, setEntering] = createSignal(false);
  const enterDemo = async () => {
    setEntering(true);
    try {
      await app.bridge.call("demo.enter", {}, { deadline: REOPEN_DEADLINE });
      navigate("/library");
    } catch (error) {
      toastError(error, t);
    } finally {
      setEntering(false);
    }
  };
  return (
    <section class="accounts-welcome">
      <h1>{t("views.accounts.welcome.title")}</h1>
      <p>{t("views.accounts.welcome.text")}</p>
      <Show when={app.settings()}>
        {(settings) => (
          <p class="accounts-folder">
            <Folder size={16} aria-hidden="true" />
            <span>{t("views.accounts.welcome.folder")}</span>
            <code>{settings().root}</code>
            <A href="/settings">{t("views.accounts.welcome.change")}</A>
          </p>
        )}
      </Show>
      <div class="accounts-welcome-actions">
        <Show when={props.onSignIn}>
          {(signIn) => (
            <Button variant="primary" size="large" onClick={() => signIn()()}>
              {t("views.accounts.signIn")}
            </Button>
          )}
        </Show>
        <Button
          size="large"
          icon={FlaskConical}
          busy={entering()}
          onClick={() => void enterDemo()}
        >
          {t("views.accounts.welcome.demo")}
        </Button>
        <span class="accounts-note">{t("views.accounts.welcome.demoText")}</span>
      </div>
    </section>
  );
}
