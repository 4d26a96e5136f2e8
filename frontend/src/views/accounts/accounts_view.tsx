import { createSignal, For, type JSX, Match, Show, Switch } from "solid-js";
import Plug from "lucide-solid/icons/plug";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { isFirstRun } from "../../stores/first_run.ts";
import { EmptyState } from "../../ui/empty_state.tsx";
import { ErrorState } from "../../ui/error_state.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ImportOffer } from "../import/import_offer.tsx";
import { createAccounts } from "./accounts_store.ts";
import "./accounts.css";
import { ProviderCard } from "./provider_card.tsx";
import { Welcome } from "./welcome.tsx";

/** Where one signs in to sites and out again. */
export default function AccountsView(): JSX.Element {
  const app = useApp();
  const { t } = useI18n();
  const accounts = createAccounts(app);
  /** Id of the provider whose sign-in is open. */
  const [open, setOpen] = createSignal<string | null>(null);
  const welcomes = () => {
    const status = app.status();
    return status !== null && isFirstRun(status) && app.hello()?.demo === false;
  };
  const first = () => accounts.rows()?.find(({ enabled }) => enabled);

  return (
    <div class="accounts">
      <Show when={welcomes()} fallback={<h1>{t("nav.accounts")}</h1>}>
        <Welcome
          onSignIn={open() === null && first() ? () => setOpen(first()?.id ?? null) : null}
        />
      </Show>
      <Switch fallback={<Skeleton lines={3} />}>
        <Match when={accounts.rows()?.length === 0}>
          <EmptyState
            icon={Plug}
            title={t("views.accounts.none")}
            text={t("views.accounts.noneText")}
          />
        </Match>
        <Match when={accounts.rows()}>
          {(rows) => (
            <>
              <ul class="accounts-list">
                <For each={rows()}>
                  {(account) => (
                    <ProviderCard
                      account={account}
                      open={open() === account.id}
                      onChanged={accounts.refresh}
                      onOpen={(wanted) => setOpen(wanted ? account.id : null)}
                    />
                  )}
                </For>
              </ul>
              <p class="accounts-note">{t("views.accounts.intro")}</p>
              <ImportOffer />
            </>
          )}
        </Match>
        <Match when={accounts.error()}>
          <ErrorState error={accounts.error()} onRetry={accounts.refresh} />
        </Match>
      </Switch>
    </div>
  );
}
