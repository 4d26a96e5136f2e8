import { expect, test } from "vitest";
import { type KeychainEntry, openKeychain } from "./keychain.ts";
import { SECRETS_CONTRACT } from "./testing/secrets_contract.ts";

/** A keychain in memory behind the native module's face. */
function fakeKeychain() {
  const kept = new Map<string, Uint8Array>();
  const stores = new Set<string>();
  class AsyncEntry implements KeychainEntry {
    readonly #id: string;

    constructor(service: string, account: string, options: { linux: { store: string } }) {
      this.#id = `${service}: ${account}`;
      stores.add(options.linux.store);
    }

    getSecret() {
      const bytes = kept.get(this.#id);
      return Promise.resolve(bytes ? [...bytes] : null);
    }

    setSecret(bytes: Uint8Array) {
      kept.set(this.#id, bytes);
      return Promise.resolve();
    }

    deleteCredential() {
      return Promise.resolve(kept.delete(this.#id));
    }
  }
  return { kept, stores, load: () => Promise.resolve({ AsyncEntry }) };
}

test.each(SECRETS_CONTRACT)("openKeychain(): $name", async ({ run }) => {
  await run(await openKeychain(fakeKeychain()));
});

test("openKeychain() names entries after service, namespace, scope and name", async () => {
  const { kept, load } = fakeKeychain();
  await (await openKeychain({ load })).set("mmf", "token", "a");
  await (await openKeychain({ load, namespace: "demo" })).set("mmf", "token", "b");
  expect([...kept.keys()]).toEqual([
    "MyMiniFactory Sync: mmf/token",
    "MyMiniFactory Sync (demo): mmf/token",
  ]);
});

test("openKeychain() never falls back to the kernel's keyring, which forgets", async () => {
  const { stores, load } = fakeKeychain();
  const secrets = await openKeychain({ load });
  await secrets.set("mmf", "token", "a");
  await secrets.get("mmf", "token");
  await secrets.delete("mmf", "token");
  expect([...stores]).toEqual(["secret-service"]);
});

test("openKeychain() tells why the module does not load or the keychain refuses", async () => {
  const missing = openKeychain({ load: () => Promise.reject(new Error("no binary for riscv")) });
  await expect(missing).rejects.toMatchObject({
    kind: "permission",
    message: "Cannot open the system's keychain: no binary for riscv",
  });
  class AsyncEntry {
    constructor() {
      throw new Error("locked");
    }
  }
  // Its constructor never returns, so what its entries lack does not matter.
  const load = () => Promise.resolve({ AsyncEntry: AsyncEntry as never });
  const locked = await openKeychain({ load });
  await expect(locked.get("mmf", "token")).rejects.toMatchObject({
    kind: "permission",
    message: "Cannot read from the system's keychain: locked",
  });
});
