import { join } from "node:path";
import { expect, test } from "vitest";
import { SyncError } from "../errors.ts";
import type { Secrets } from "../ports.ts";
import { MemoryFs } from "../testing/memory_fs.ts";
import { createMemorySecrets } from "./memory.ts";
import { openSecrets } from "./open_secrets.ts";
import { SECRETS_CONTRACT } from "./testing/secrets_contract.ts";

const KEY = "correct horse";

function hasProgram(name: string): boolean {
  try {
    return new Deno.Command(name, { args: ["--version"], stdout: "null", stderr: "null" })
      .outputSync().success;
  } catch {
    return false;
  }
}

const hasGnomeKeyring = hasProgram("gnome-keyring-daemon") && hasProgram("dbus-run-session");
if (!hasGnomeKeyring) {
  // deno-lint-ignore no-console -- a skipped test must be heard
  console.warn(
    "SKIPPED: the tests against a real keychain, because gnome-keyring-daemon or dbus-run-session " +
      "is missing here (apt-get install gnome-keyring dbus)",
  );
}

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

/** Runs the probe in a D-Bus session and home of its own: nobody's real entries are in reach. */
async function probeKeychain({ daemon }: { daemon: boolean }): Promise<ProbeReport> {
  const home = await Deno.makeTempDir();
  try {
    const runtime = join(home, "run");
    await Deno.mkdir(runtime, { mode: 0o700 });
    const probe = join(import.meta.dirname ?? "", "testing", "keychain_probe.ts");
    const unlock = "printf pw | gnome-keyring-daemon --unlock --components=secrets >&2;";
    const run = '"$0" run -A --quiet "$1" "test-$2"';
    const { stdout, stderr } = await new Deno.Command("dbus-run-session", {
      args: [
        ...["--", "sh", "-c", daemon ? `${unlock} ${run}` : run],
        ...[Deno.execPath(), probe, crypto.randomUUID()],
      ],
      cwd: import.meta.dirname ?? ".",
      clearEnv: true,
      env: {
        PATH: Deno.env.get("PATH") ?? "",
        HOME: home,
        XDG_RUNTIME_DIR: runtime,
        XDG_DATA_HOME: join(home, "data"),
        DENO_DIR: join(home, "deno"),
      },
    }).output();
    const text = new TextDecoder().decode(stdout);
    if (text === "") throw new Error(new TextDecoder().decode(stderr));
    // Our own program wrote it a moment ago.
    return JSON.parse(text) as ProbeReport;
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

test.skipIf(!hasGnomeKeyring)(
  "openKeychain() keeps the contract against a real gnome-keyring, without blocking",
  async () => {
    const report = await probeKeychain({ daemon: true });
    expect(report).toMatchObject({ opened: "keychain", failed: [], entries: ["mmf/token"] });
    expect(report.ran).toBe(SECRETS_CONTRACT.length);
    expect(report.longestGap).toBeLessThan(500);
  },
);

test.skipIf(!hasGnomeKeyring)(
  "openSecrets() says how to set a key when a real keychain cannot be unlocked",
  async () => {
    const report = await probeKeychain({ daemon: false });
    expect(report.opened).toMatch(/^SyncError: Cannot .* keychain: .*MMFSYNC_KEY/);
  },
);
