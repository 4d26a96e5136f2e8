import * as v from "valibot";

import type { Account, Host } from "../sdk/mod.ts";
import { clip, id, label, read } from "./lenient.ts";
import { getJson } from "./site.ts";

const User = v.object({ id: v.optional(id), username: v.optional(label), name: v.optional(label) });

/** Whose account an API key opens: nobody's. */
const KEY_HOLDER: Account = { id: "api-key", name: "API key" };

/**
 * Whose account the credential opens.
 *
 * @throws `needsAuth` when it opens none
 */
export async function authenticate(host: Host): Promise<Account> {
  const answer = await getJson(host, "/api/v2/user");
  // A key opens what everybody may see, and no account.
  if (answer.kind === "unauthorised" && await searches(host)) return KEY_HOLDER;
  if (answer.kind === "missing") {
    throw host.error("badResponse", "MyMiniFactory has no account page at its address");
  }
  if (answer.kind !== "json") {
    throw host.error("needsAuth", "MyMiniFactory does not accept the sign-in. Sign in again");
  }
  const user = read(User, answer.value);
  // The username is unique too, should the number ever be left out.
  const key = user?.id ?? user?.username ?? null;
  if (user === null || key === null) {
    throw host.error("badResponse", "MyMiniFactory answered no account");
  }
  return { id: clip(key, 200), name: clip(user.name ?? user.username ?? key, 200) };
}

async function searches(host: Host): Promise<boolean> {
  return (await getJson(host, "/api/v2/search?q=test&per_page=1")).kind === "json";
}
