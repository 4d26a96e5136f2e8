import { createSignal, type JSX, Match, Show, Switch } from "solid-js";
import type { AccountRow } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm_dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { CheckButton } from "./check_button.tsx";
import { ChooseWanted } from "./choose_wanted.tsx";
import { SignInFacts } from "./sign_in_facts.tsx";
import { SignInPanel } from "./sign_in_panel.tsx";

/** How it stands with one provider, and the sign-in when it is open. */
export function ProviderCard(props: {
  readonly account: AccountRow;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly onChanged: () => void;
}): JSX.Element {
  const app = useApp();
  const { t } = useI18n();
  const [signedIn, setSignedIn] = createSignal(false);
  const [leaving, setLeaving] = createSignal(false);
  const open = (wanted: boolean) => {
    setSignedIn(false);
    props.onOpen(wanted);
  };
  const signOut = async () => {
    const { id, name } = props.account;
    await app.bridge.call("accounts.logout", { provider: id });
    toast({ text: t("views.accounts.signedOutNow", { name }), tone: "ok" });
  };
  return (
    <li class="accounts-card">
      <div class="accounts-card-head">
        <h2>{props.account.name}</h2>
        <ProviderFacts account={props.account} />
        <Show when={!props.open}>
          <div class="accounts-card-actions">
            <Show when={props.account.account !== null}>
              <CheckButton account={props.account} onChecked={props.onChanged} />
              <Button variant="quiet" onClick={() => setLeaving(true)}>
                {t("views.accounts.signOut")}
              </Button>
            </Show>
            <Show when={props.account.enabled && props.account.schemes.length > 0}>
              <Button onClick={() => open(true)}>
                {props.account.account === null
                  ? t("views.accounts.signIn")
                  : t("views.accounts.signInAgain")}
              </Button>
            </Show>
          </div>
        </Show>
      </div>
      <Show when={props.account.account !== null && props.account.signIns.length > 0}>
        <SignInFacts account={props.account} />
      </Show>
      <Show when={props.open}>
        <Show
          when={signedIn()}
          fallback={
            <SignInPanel
              account={props.account}
              onSignedIn={() => setSignedIn(true)}
              onCancel={() => open(false)}
            />
          }
        >
          <ChooseWanted provider={props.account.id} />
        </Show>
      </Show>
      <ConfirmDialog
        open={leaving()}
        title={t("views.accounts.signOutTitle", { name: props.account.name })}
        text={t("views.accounts.signOutText")}
        confirm={t("views.accounts.signOut")}
        onConfirm={signOut}
        onClose={() => setLeaving(false)}
      />
    </li>
  );
}

function ProviderFacts(props: { readonly account: AccountRow }): JSX.Element {
  const { t, format } = useI18n();
  const scanned = () => {
    const { lastScan } = props.account;
    return lastScan === null
      ? t("views.accounts.neverScanned")
      : t("views.accounts.lastScan", { time: format().relative(lastScan) });
  };
  const ended = () => {
    const { signIns } = props.account;
    return signIns.length > 0 && signIns.every((signIn) => signIn.ended);
  };
  /** When the last of those ends that nothing renews. */
  const endsAt = () => {
    const { signIns } = props.account;
    if (signIns.some(({ renews, expiresAt }) => renews || expiresAt === null)) return null;
    return Math.max(0, ...signIns.map(({ expiresAt }) => expiresAt ?? 0)) || null;
  };
  return (
    <div class="accounts-facts">
      <Switch>
        <Match when={!props.account.enabled}>
          <Badge>{t("views.accounts.disabled")}</Badge>
        </Match>
        <Match when={ended()}>
          <Badge tone="warn">{t("views.accounts.ended")}</Badge>
        </Match>
        <Match when={props.account.account}>
          {(name) => <Badge tone="ok">{t("views.accounts.signedInAs", { name: name() })}</Badge>}
        </Match>
        <Match when={props.account.account === null}>
          <Badge>{t("views.accounts.signedOut")}</Badge>
        </Match>
      </Switch>
      <Show when={props.account.signedInAt}>
        {(at) => <span>{t("views.accounts.since", { date: format().date(at()) })}</span>}
      </Show>
      <Show when={!ended() && endsAt()}>
        {(at) => <span>{t("views.accounts.until", { time: format().dateTime(at()) })}</span>}
      </Show>
      <Show when={props.account.account !== null}>
        <span>{scanned()}</span>
      </Show>
      <Show when={props.account.pause}>
        {(pause) => (
          <Badge tone="warn">
            {t(`views.accounts.pause.${pause().reason}`, {
              time: format().dateTime(pause().until),
            })}
          </Badge>
        )}
      </Show>
    </div>
  );
}
