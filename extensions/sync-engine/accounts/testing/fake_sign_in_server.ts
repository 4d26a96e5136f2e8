import type { Http, HttpRequest } from "../../platform/ports.ts";
import type { OAuthEndpoints } from "../../plugins/manifest.ts";

export const ENDPOINTS: OAuthEndpoints = {
  authorizeUrl: "https://auth.example.com/authorize",
  tokenUrl: "https://auth.example.com/tokens",
  introspectUrl: "https://auth.example.com/introspect",
  scopes: [],
};

/** A sign-in server that answers with what it is told to, and remembers what it was asked. */
export class FakeSignInServer implements Http {
  readonly asked: HttpRequest[] = [];
  /** @default tokens that are good for an hour */
  answer: (form: URLSearchParams) => Response | Promise<Response> = () => tokens();

  async send(request: HttpRequest) {
    this.asked.push(request);
    const { status, headers, body } = await this.answer(new URLSearchParams(request.body));
    return { status, headers, body };
  }
}

/** What RFC 6749, 5.1 has a server answer. */
export function tokens(fields: Readonly<Record<string, unknown>> = {}): Response {
  const body = { user_id: 1, access_token: "fresh", expires_in: 3600, token_type: "Bearer" };
  return Response.json({ ...body, refresh_token: "next", ...fields });
}

/** A refusal, as go-oauth2-server words it: a sentence where RFC 6749, 5.2 has a code. */
export function refusal(status: number, error: string): Response {
  const headers = status === 401
    ? { "www-authenticate": "Bearer realm=go_oauth2_server" }
    : undefined;
  return Response.json({ error }, { status, ...(headers ? { headers } : {}) });
}
