import { html, type Reply, type SiteRequest } from "../http/reply.ts";
import { hashHex } from "../random.ts";
import { consentPage, signInPage, unknownAppPage } from "./pages.ts";
import { type App, type Granted, Tokens, type TokenSettings } from "./tokens.ts";

/** Where the apps of the simulated user may have browsers sent back to, to begin with. */
const FIRST_REDIRECT_URI = "http://localhost:7330/callback";

const HINTS: Readonly<Record<string, "access" | "refresh">> = {
  access_token: "access",
  refresh_token: "refresh",
};

/** The sign-in server as tests steer it. */
export interface Auth {
  /** The registered app with a secret. */
  readonly app: { readonly id: string; readonly secret: string };
  /** The registered app without one. */
  readonly publicApp: { readonly id: string };
  /** Renewals that were granted so far. */
  readonly renewals: number;
  /** Every code and token that was ever handed out. */
  readonly issued: readonly string[];
  /** Registers another return address with both apps. */
  registerRedirect(uri: string): void;
  /** Ends all access tokens, as time does. */
  expireAccess(): void;
  /** Ends all tokens and codes, as the user does who takes the app's rights away. */
  revokeAll(): void;
}

/**
 * A look-alike of auth.myminifactory.com: go-oauth2-server, whose errors are sentences, with MyMiniFactory's implicit
 * flow. The user is always the same one; signing in takes a click and no password.
 */
export class AuthServer implements Auth {
  readonly app: { readonly id: string; readonly secret: string };
  readonly publicApp: { readonly id: string };
  readonly tokens: Tokens;
  readonly #redirectUris = new Set([FIRST_REDIRECT_URI]);
  readonly #visit: string;
  readonly #now: () => number;

  constructor(settings: TokenSettings) {
    const { seed, now } = settings;
    this.#now = now;
    this.#visit = `sid=${hashHex(26, seed, "visit")}`;
    this.tokens = new Tokens(settings);
    this.app = { id: hashHex(32, seed, "app"), secret: hashHex(32, seed, "app secret") };
    this.publicApp = { id: hashHex(32, seed, "public app") };
  }

  get renewals(): number {
    return this.tokens.renewals;
  }

  get issued(): readonly string[] {
    return this.tokens.issued;
  }

  registerRedirect(uri: string): void {
    this.#redirectUris.add(uri);
  }

  expireAccess(): void {
    this.tokens.expireAccess();
  }

  revokeAll(): void {
    this.tokens.revokeAll();
  }

  /** Answers requests to auth.myminifactory.com. */
  answer(request: SiteRequest): Reply {
    const { method, url: { pathname } } = request;
    switch (`${method} ${pathname}`) {
      case "GET /web/authorize":
        return this.#consent(request);
      case "POST /web/authorize":
        return this.#decide(request);
      case "GET /web/login":
        return html(200, signInPage(request.url.search));
      case "POST /web/login":
        return this.#visitStarted(request);
      case "POST /v1/oauth/tokens":
        return this.#asApp(request, (app, form) => this.#grant(app, form));
      case "POST /v1/oauth/introspect":
        return this.#asApp(request, (_, form) => this.#introspect(form));
      default:
        return answer(404, { error: "Not found" });
    }
  }

  #consent(request: SiteRequest): Reply {
    const app = this.#appOf(request.url.searchParams.get("client_id"));
    const redirectUri = request.url.searchParams.get("redirect_uri") ?? "";
    if (!app) return html(400, unknownAppPage("Invalid client ID or secret"));
    if (!this.#redirectUris.has(redirectUri)) {
      return html(400, unknownAppPage("Invalid redirect URI"));
    }
    if (!(request.headers["cookie"] ?? "").includes(this.#visit)) {
      return sendTo(`/web/login${request.url.search}`);
    }
    return html(200, consentPage(request.url.search));
  }

  #visitStarted({ url }: SiteRequest): Reply {
    const reply = sendTo(`/web/authorize${url.search}`);
    return { ...reply, headers: { ...reply.headers, "set-cookie": `${this.#visit}; path=/` } };
  }

  #decide(request: SiteRequest): Reply {
    const asked = request.url.searchParams;
    const app = this.#appOf(asked.get("client_id"));
    const redirectUri = asked.get("redirect_uri") ?? "";
    if (!app || !this.#redirectUris.has(redirectUri)) {
      return html(400, unknownAppPage("Invalid redirect URI"));
    }
    const back = new URL(redirectUri);
    const state = asked.get("state") ?? "";
    if (new URLSearchParams(request.body).get("allow") !== "1") {
      back.search = `${new URLSearchParams({ error: "access_denied", state })}`;
    } else if (asked.get("response_type") === "token") {
      const { accessToken, expiresIn } = this.tokens.issueImplicit();
      back.hash =
        `access_token=${accessToken}&expires_in=${expiresIn}&state=${state}&token_type=Bearer`;
    } else {
      const code = this.tokens.issueCode(app, redirectUri, asked.get("code_challenge"));
      back.search = `${new URLSearchParams({ code, state })}`;
    }
    return sendTo(back.href);
  }

  #grant(app: App, form: URLSearchParams): Reply {
    const granted = this.#granted(app, form);
    if (typeof granted === "string") {
      return answer(granted.endsWith("not found") ? 404 : 400, { error: granted });
    }
    return answer(200, {
      user_id: 4242,
      access_token: granted.accessToken,
      expires_in: granted.expiresIn,
      token_type: "Bearer",
      scope: "basic",
      refresh_token: granted.refreshToken,
    });
  }

  #granted(app: App, form: URLSearchParams): Granted | string {
    const field = (name: string) => form.get(name) ?? "";
    switch (form.get("grant_type")) {
      case "authorization_code": {
        const verifier = form.get("code_verifier");
        return this.tokens.redeem(app, field("code"), field("redirect_uri"), verifier);
      }
      case "refresh_token":
        return this.tokens.renew(app, field("refresh_token"));
      default:
        return "Invalid grant type";
    }
  }

  /** Knows good tokens only. Of the others it says no `"active": false`: an ended one is a fault to it. */
  #introspect(form: URLSearchParams): Reply {
    const kind = HINTS[form.get("token_type_hint") ?? "access_token"];
    if (!kind) return answer(400, { error: "Invalid token hint" });
    const until = this.tokens.lookUp(form.get("token") ?? "", kind);
    const called = kind === "access" ? "Access token" : "Refresh token";
    if (until === null) return answer(404, { error: `${called} not found` });
    if (until <= this.#now()) {
      return answer(kind === "access" ? 500 : 400, { error: `${called} expired` });
    }
    return answer(200, {
      active: true,
      client_id: this.app.id,
      username: "collector@example.com",
      token_type: "Bearer",
      exp: Math.floor(until / 1000),
    });
  }

  #asApp(request: SiteRequest, work: (app: App, form: URLSearchParams) => Reply): Reply {
    const { id, secret } = this.app;
    if (request.headers["authorization"] !== `Basic ${btoa(`${id}:${secret}`)}`) {
      return answer(401, { error: "Invalid client ID or secret" });
    }
    return work(this.app, new URLSearchParams(request.body));
  }

  #appOf(id: string | null): App | null {
    if (id === this.app.id) return this.app;
    return id === this.publicApp.id ? { ...this.publicApp, secret: null } : null;
  }
}

function answer(status: number, value: unknown): Reply {
  return {
    status,
    headers: {
      "content-type": "application/json; charset=utf-8",
      ...status === 401 ? { "www-authenticate": "Bearer realm=go_oauth2_server" } : {},
    },
    body: new TextEncoder().encode(JSON.stringify(value)),
  };
}

function sendTo(location: string): Reply {
  return { status: 302, headers: { location }, body: new Uint8Array() };
}
