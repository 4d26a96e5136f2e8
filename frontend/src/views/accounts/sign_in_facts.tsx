import { For, type JSX } from "solid-js";
import type { AccountRow, SignInRow } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";

/** What the site last told of each way in which one is signed in. */
export function SignInFacts(props: { readonly account: AccountRow }): JSX.Element {
  const { t, format } = useI18n();
  const words = ({ scheme, ended, check }: SignInRow): string => {
    const way = wayOf(props.account, scheme);
    if (ended) return t("views.accounts.check.ended", { way });
    if (!check) return way;
    const { at, username, scopes, until } = check;
    return [
      username === null
        ? t("views.accounts.check.good", { way })
        : t("views.accounts.check.goodFor", { way, name: username }),
      ...until === null
        ? []
        : [t("views.accounts.check.until", { time: format().dateTime(until) })],
      ...scopes === null ? [] : [t("views.accounts.check.scopes", { scopes: scopes.join(", ") })],
      t("views.accounts.check.at", { time: format().relative(at) }),
    ].join(" · ");
  };
  return (
    <ul class="accounts-sign-ins">
      <For each={props.account.signIns}>{(signIn) => <li>{words(signIn)}</li>}</For>
    </ul>
  );
}

/** How a way to sign in is called. */
export function wayOf({ schemes }: AccountRow, scheme: string): string {
  return schemes.find(({ id }) => id === scheme)?.label ?? scheme;
}
