import type { Secrets } from "../platform/ports.ts";

/** Secrets that are opened at their first use, so that nothing asks for a keychain in vain. */
export function createLazySecrets(open: () => Promise<Secrets>): Secrets {
  let opened: Promise<Secrets> | null = null;
  const secrets = () =>
    opened ??= open().catch((error) => {
      // The user may unlock the keychain meanwhile.
      opened = null;
      throw error;
    });
  return {
    get: async (scope, name) => await (await secrets()).get(scope, name),
    set: async (scope, name, value) => await (await secrets()).set(scope, name, value),
    delete: async (scope, name) => await (await secrets()).delete(scope, name),
  };
}
