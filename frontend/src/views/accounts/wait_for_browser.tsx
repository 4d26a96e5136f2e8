import { createSignal, type JSX } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import { CopyField } from "../../ui/copy_field.tsx";
import { errorText, sentences } from "../../ui/failure.ts";
import { TextField } from "../../ui/text_field.tsx";

/** While the user signs in on the site: the address, and what to do where the browser cannot come back by itself. */
export function WaitForBrowser(props: { readonly url: string }): JSX.Element {
  const { bridge } = useApp();
  const { t } = useI18n();
  const [address, setAddress] = createSignal("");
  const [error, setError] = createSignal<string | null>(null);
  const hand = () => {
    bridge.call("accounts.returned", { address: address().trim() }).then(
      () => setError(null),
      (failure) => setError(sentences(errorText(failure, t))),
    );
  };
  return (
    <div class="accounts-waiting" role="status">
      <p>{t("views.accounts.browser.waitingText")}</p>
      <CopyField label={t("views.accounts.address")} value={props.url} />
      <details>
        <summary>{t("views.accounts.browser.elsewhere")}</summary>
        <p>{t("views.accounts.browser.elsewhereText")}</p>
        <div class="accounts-address">
          <TextField
            label={t("views.accounts.browser.ended")}
            hideLabel
            type="url"
            placeholder="http://localhost:…"
            value={address()}
            onChange={setAddress}
            error={error()}
          />
          <Button onClick={hand} disabled={address().trim() === ""}>
            {t("views.accounts.browser.hand")}
          </Button>
        </div>
      </details>
    </div>
  );
}
