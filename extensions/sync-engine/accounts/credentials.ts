import type { Clock, Http, Log, Secrets } from "../platform/ports.ts";
import type { AuthScheme } from "../plugins/manifest.ts";
import type { Credentials } from "../plugins/request_headers.ts";
import { TokenKeeper } from "./oauth/token_keeper.ts";
import type { TokenSet } from "./oauth/token_set.ts";

/** What {@linkcode CredentialKeeper} needs. */
export interface CredentialPorts {
  readonly http: Http;
  readonly secrets: Pick<Secrets, "get" | "set">;
  readonly clock: Clock;
  readonly log: Log;
  /** Hears when the tokens of a sign-in were renewed; milliseconds since the Unix epoch. */
  readonly onRenewed?: (provider: string, scheme: string, expiresAt: number | null) => void;
}

/** The credentials of all providers. One for the whole engine: whoever asks shares its renewals. */
export class CredentialKeeper {
  readonly #ports: CredentialPorts;
  readonly #tokens = new Map<string, TokenKeeper>();

  constructor(ports: CredentialPorts) {
    this.#ports = ports;
  }

  /** Those of one provider. */
  of(provider: string): Credentials {
    return {
      get: (scheme) =>
        this.#keeper(provider, scheme)?.accessToken() ??
          this.#ports.secrets.get(provider, scheme.id),
      renew: async (scheme, value) => await this.#keeper(provider, scheme)?.renew(value) ?? false,
    };
  }

  /** The tokens of a sign-in through the browser as they are now; null when there are none. */
  async tokens(provider: string, scheme: AuthScheme): Promise<TokenSet | null> {
    return await this.#keeper(provider, scheme)?.tokens() ?? null;
  }

  /** Null for a scheme whose secret the user enters. */
  #keeper(provider: string, { id, oauth }: AuthScheme): TokenKeeper | null {
    if (oauth === null) return null;
    const key = `${provider}/${id}`;
    const known = this.#tokens.get(key);
    if (known) return known;
    const { onRenewed = () => {}, ...ports } = this.#ports;
    const renewed = (expiresAt: number | null) => onRenewed(provider, id, expiresAt);
    const keeper = new TokenKeeper({ ...ports, onRenewed: renewed }, provider, id, oauth);
    this.#tokens.set(key, keeper);
    return keeper;
  }
}
