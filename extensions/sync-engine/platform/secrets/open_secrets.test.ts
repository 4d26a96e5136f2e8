import { join } from "node:path";
import { expect, test } from "vitest";
import { SyncError } from "../errors.ts";
import type { Secrets } from "../ports.ts";
import { MemoryFs } from "../testing/memory_fs.ts";
import { createMemorySecrets } from "./memory.ts";
import { openSecrets } from "./open_secrets.ts";
import { HAS_KEYCHAIN, startInKeychain } from "./testing/keychain_session.ts";
import { SECRETS_CONTRACT } from "./testing/secrets_contract.ts";

const KEY = "correct horse";

test("openSecrets() uses the encrypted file when there is a key, and asks no keychain", async () => {
  const fs = new MemoryFs();
  const keychain = () => Promise.reject(new Error("asked"));
  const secrets = await openSecrets({ dir: "/data/app", key: KEY, fs, keychain });
  await secrets.set("mmf", "token", "value");
  expect([...fs.files().keys()]).toEqual(["/data/app/secrets.json.enc"]);
  const again = await openSecrets({ dir: "/data/app", key: KEY, fs, keychain });
  expect(await again.get("mmf", "token")).toBe("value");
});

test("openSecrets() refuses an empty key instead of falling back to the keychain", async () => {
  const opened = openSecrets({ dir: "/data", key: "", fs: new MemoryFs() });
  await expect(opened).rejects.toMatchObject({ kind: "badInput" });
});

test("openSecrets() uses the keychain when its probe comes back, and leaves no probe behind", async () => {
  const memory = createMemorySecrets();
  const seen: string[] = [];
  const watched: Secrets = {
    get: (scope, name) => memory.get(scope, name),
    set: (scope, name, value) => {
      seen.push(name);
      return memory.set(scope, name, value);
    },
    delete: (scope, name) => memory.delete(scope, name),
  };
  const namespaces: string[] = [];
  const secrets = await openSecrets({
    dir: "/data",
    namespace: "demo",
    keychain: ({ namespace }) => {
      namespaces.push(namespace);
      return Promise.resolve(watched);
    },
  });
  expect(secrets).toBe(watched);
  expect(namespaces).toEqual(["demo"]);
  expect(seen).toHaveLength(1);
  expect(await memory.get("mmfsync", seen[0] ?? "")).toBe(null);
});

test("openSecrets() says how to set a key when the keychain does not work", async () => {
  const broken = () => Promise.reject(new SyncError("permission", "Cannot open the keychain"));
  const forgetful: Secrets = { ...createMemorySecrets(), get: () => Promise.resolve(null) };
  for (const keychain of [broken, () => Promise.resolve(forgetful)]) {
    await expect(openSecrets({ dir: "/data", keychain })).rejects.toMatchObject({
      kind: "permission",
      message: expect.stringMatching(/keychain.*MMFSYNC_KEY.*--key-file/),
    });
  }
});

interface ProbeReport {
  readonly opened: string;
  readonly ran: number;
  readonly failed: readonly string[];
  readonly entries: readonly string[];
  readonly longestGap: number;
}

async function probeKeychain({ unlocked }: { unlocked: boolean }): Promise<ProbeReport> {
  const home = await Deno.makeTempDir();
  try {
    const probe = join(import.meta.dirname ?? "", "testing", "keychain_probe.ts");
    const args = ["run", "-A", "--quiet", probe, `test-${crypto.randomUUID()}`];
    const child = await startInKeychain(home, args, { unlocked });
    await child.stdin.close();
    const { stdout, stderr } = await child.output();
    const text = new TextDecoder().decode(stdout);
    if (text === "") throw new Error(new TextDecoder().decode(stderr));
    // Our own program wrote it a moment ago.
    return JSON.parse(text) as ProbeReport;
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

test.skipIf(!HAS_KEYCHAIN)(
  "openKeychain() keeps the contract against a real gnome-keyring, without blocking",
  async () => {
    const report = await probeKeychain({ unlocked: true });
    expect(report).toMatchObject({ opened: "keychain", failed: [], entries: ["mmf/token"] });
    expect(report.ran).toBe(SECRETS_CONTRACT.length);
    expect(report.longestGap).toBeLessThan(500);
  },
);

test.skipIf(!HAS_KEYCHAIN)(
  "openSecrets() says how to set a key when a real keychain cannot be unlocked",
  async () => {
    const report = await probeKeychain({ unlocked: false });
    expect(report.opened).toMatch(/^SyncError: Cannot .* keychain: .*MMFSYNC_KEY/);
  },
);
