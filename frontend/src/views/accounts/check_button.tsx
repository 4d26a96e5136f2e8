import { createSignal, type JSX } from "solid-js";
import type { AccountRow } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import { failureText, sentences } from "../../ui/failure.ts";
import { toast, toastError } from "../../ui/toast.tsx";
import { wayOf } from "./sign_in_facts.tsx";

/** Milliseconds: each way is asked for by itself, and a site may be slow. */
const CHECK_DEADLINE = 120_000;

/** Asks the site whether the sign-ins are still good. */
export function CheckButton(props: {
  readonly account: AccountRow;
  readonly onChecked: () => void;
}): JSX.Element {
  const { bridge } = useApp();
  const { t } = useI18n();
  const [busy, setBusy] = createSignal(false);
  const check = async () => {
    setBusy(true);
    try {
      const { id } = props.account;
      const deadline = CHECK_DEADLINE;
      const checked = await bridge.call("accounts.check", { provider: id }, { deadline });
      props.onChecked();
      for (const { scheme, problem } of checked) {
        if (!problem) continue;
        const way = wayOf(props.account, scheme);
        const why = sentences(failureText(problem, t));
        toast({ text: `${t("views.accounts.check.failed", { way })} ${why}`, tone: "warn" });
      }
    } catch (error) {
      toastError(error, t);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button variant="quiet" busy={busy()} onClick={() => void check()}>
      {t("views.accounts.check.go")}
    </Button>
  );
}
