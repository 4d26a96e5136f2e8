import * as v from "valibot";

import type { Account, Host } from "../sdk/mod.ts";
import { id, read, text } from "./lenient.ts";
import { getJson } from "./site.ts";

const User = v.object({ id: v.optional(id), username: v.optional(text), name: v.optional(text) });

/**
 * Whose account the credential opens.
 *
 * @throws `needsAuth` when it opens none
 */
export async function authenticate(host: Host): Promise<Account> {
  const answer = await getJson(host, "/api/v2/user");
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
  return { id: key, name: user.name ?? user.username ?? key };
}
