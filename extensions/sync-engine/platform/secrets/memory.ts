import type { Secrets } from "../ports.ts";
import { accountOf } from "./account_of.ts";

/** Secrets that end with the process, for tests and the demo. */
export function createMemorySecrets(): Secrets {
  const values = new Map<string, string>();
  // Asynchronous, so that a refused scope rejects as it does everywhere else.
  return {
    // deno-lint-ignore require-await
    get: async (scope, name) => values.get(accountOf(scope, name)) ?? null,
    // deno-lint-ignore require-await
    set: async (scope, name, value) => void values.set(accountOf(scope, name), value),
    // deno-lint-ignore require-await
    delete: async (scope, name) => void values.delete(accountOf(scope, name)),
  };
}
