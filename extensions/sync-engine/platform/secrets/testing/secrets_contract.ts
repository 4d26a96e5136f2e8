import { deepStrictEqual, rejects } from "node:assert/strict";
import type { Secrets } from "../../ports.ts";

/** One promise of the `Secrets` port; rejects when it is not kept. */
export interface SecretsCase {
  readonly name: string;
  readonly run: (secrets: Secrets) => Promise<void>;
}

const LONG = "x".repeat(2500);

/**
 * What every implementation of the `Secrets` port does. Plain functions, because the one against a
 * real keychain runs in a process of its own, without a test runner. Each starts with a store that
 * has nothing under the scopes `mmf` and `other`, and cleans up behind itself.
 */
export const SECRETS_CONTRACT: readonly SecretsCase[] = [
  {
    name: "get() gives null for what is not there",
    run: async (secrets) => deepStrictEqual(await secrets.get("mmf", "token"), null),
  },
  {
    name: "get() gives back what set() kept, and the newest of it",
    run: async (secrets) => {
      for (const value of ["one", "", "Grüße 🐉\n\0 end", '{"a":"b"}', LONG, "last"]) {
        await secrets.set("mmf", "token", value);
        deepStrictEqual(await secrets.get("mmf", "token"), value);
      }
      await secrets.delete("mmf", "token");
    },
  },
  {
    name: "scopes and names are kept apart",
    run: async (secrets) => {
      await secrets.set("mmf", "token", "a");
      await secrets.set("mmf", "token/2", "b");
      await secrets.set("other", "token", "c");
      await secrets.delete("mmf", "token/2");
      deepStrictEqual(await secrets.get("mmf", "token"), "a");
      deepStrictEqual(await secrets.get("mmf", "token/2"), null);
      deepStrictEqual(await secrets.get("other", "token"), "c");
      await secrets.delete("mmf", "token");
      await secrets.delete("other", "token");
    },
  },
  {
    name: "names that objects have anyway are names like any other",
    run: async (secrets) => {
      for (const name of ["__proto__", "constructor", "toString"]) {
        deepStrictEqual(await secrets.get("mmf", name), null);
        await secrets.set("mmf", name, "x");
        deepStrictEqual(await secrets.get("mmf", name), "x");
        await secrets.delete("mmf", name);
      }
    },
  },
  {
    name: "delete() removes, and absence is fine",
    run: async (secrets) => {
      await secrets.set("mmf", "token", "x");
      await secrets.delete("mmf", "token");
      deepStrictEqual(await secrets.get("mmf", "token"), null);
      await secrets.delete("mmf", "token");
    },
  },
  {
    name: "calls that overlap lose nothing",
    run: async (secrets) => {
      const names = ["a", "b", "c", "d"];
      await Promise.all(names.map((name) => secrets.set("mmf", name, `${name}!`)));
      const kept = await Promise.all(names.map((name) => secrets.get("mmf", name)));
      deepStrictEqual(kept, names.map((name) => `${name}!`));
      await Promise.all(names.map((name) => secrets.delete("mmf", name)));
      deepStrictEqual(await secrets.get("mmf", "a"), null);
    },
  },
  {
    name: "a scope that is no provider id is refused",
    run: async (secrets) => {
      for (const scope of ["", "a/b", "a b"]) {
        await rejects(secrets.get(scope, "x"), { kind: "bug" });
        await rejects(secrets.set(scope, "x", "y"), { kind: "bug" });
        await rejects(secrets.delete(scope, "x"), { kind: "bug" });
      }
    },
  },
];
