import type { Tokens } from "../auth/tokens.ts";
import { json, type Reply, type SiteRequest } from "../http/reply.ts";
import { hashHex } from "../random.ts";
import type { SimObject } from "./sim_object.ts";
import type { SiteState } from "./world.ts";

/** Who asks: the owner of the library by cookie or by token, an app by its key, or nobody known. */
export type Viewer = "session" | "token" | "key" | "badToken" | "nobody";

/** What opens the site. */
export interface Credentials {
  /** Value of the `Cookie` header. */
  readonly session: string;
  readonly token: string;
  readonly key: string;
}

/** The credentials of a simulator with this seed: a restarted one takes the same. */
export function credentialsOf(seed: number): Credentials {
  return {
    session: `PHPSESSID=${hashHex(26, seed, "session")}`,
    token: uuid(seed, "token"),
    key: uuid(seed, "key"),
  };
}

/** What somebody is told who is signed in and may not have the model. */
export function refusal({ refusesWith }: Pick<SimObject, "refusesWith">): Reply {
  return json(refusesWith, { error: "access_denied", error_description: "Access Denied" });
}

/** Says who sent the request. */
export function viewerOf(
  { headers, url }: SiteRequest,
  { session, token, key }: Credentials,
  tokens: Pick<Tokens, "accessUntil">,
  { valid }: SiteState,
): Viewer {
  const cookies = (headers["cookie"] ?? "").split(/;\s*/);
  if (valid.session && cookies.includes(session)) return "session";
  const authorization = headers["authorization"];
  if (authorization !== undefined) {
    const issued = tokens.accessUntil(authorization.replace(/^Bearer /, "")) !== null;
    return valid.token && (issued || authorization === `Bearer ${token}`) ? "token" : "badToken";
  }
  return url.searchParams.get("key") === key ? "key" : "nobody";
}

function uuid(...parts: readonly (number | string)[]): string {
  return hashHex(32, ...parts).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
