import { useNavigate } from "@solidjs/router";
import { createSignal, For, type JSX } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import { toastError } from "../../ui/toast.tsx";

/** Asks after a sign-in what is wanted, then reads the list. */
export function ChooseWanted(props: { readonly provider: string }): JSX.Element {
  const app = useApp();
  const { t } = useI18n();
  const navigate = useNavigate();
  const [all, setAll] = createSignal(app.settings()?.newWanted ?? true);
  const [busy, setBusy] = createSignal(false);
  const choices = () => [
    {
      value: true,
      label: t("views.accounts.choose.everything"),
      text: t("views.accounts.choose.everythingText"),
    },
    {
      value: false,
      label: t("views.accounts.choose.pick"),
      text: t("views.accounts.choose.pickText"),
    },
  ];
  const go = async () => {
    setBusy(true);
    try {
      await app.change({ newWanted: all() });
      await app.bridge.call("sync.start", { providers: [props.provider], fetch: false });
      navigate("/library");
    } catch (error) {
      toastError(error, t);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="accounts-panel"
      tabIndex={-1}
      ref={(form) => queueMicrotask(() => form.focus())}
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      <fieldset class="accounts-choices">
        <legend>{t("views.accounts.choose.question")}</legend>
        <For each={choices()}>
          {({ value, label, text }) => (
            <label class="accounts-choice">
              <input
                type="radio"
                name="wanted"
                checked={all() === value}
                onChange={() => setAll(value)}
              />
              <span>
                <strong>{label}</strong>
                <span class="accounts-note">{text}</span>
              </span>
            </label>
          )}
        </For>
      </fieldset>
      <p class="accounts-note">{t("views.accounts.choose.note")}</p>
      <div class="accounts-panel-actions">
        <Button type="submit" variant="primary" busy={busy()}>
          {t("views.accounts.choose.go")}
        </Button>
      </div>
    </form>
  );
}
