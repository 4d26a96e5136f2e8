import { Buffer } from "node:buffer";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createDiskFs } from "../fs.ts";
import { SyncError } from "../errors.ts";
import { MemoryFs } from "../testing/memory_fs.ts";
import { createEncryptedFileSecrets } from "./encrypted_file.ts";
import { createSealedBox } from "./sealed_box.ts";
import { SECRETS_CONTRACT } from "./testing/secrets_contract.ts";

const KEY = "correct horse";
const PATH = "/secrets.json.enc";

function secretsOn(fs: MemoryFs, key = KEY) {
  return createEncryptedFileSecrets({ fs, path: PATH, key });
}

test.each(SECRETS_CONTRACT)("createEncryptedFileSecrets(): $name", async ({ run }) => {
  await run(secretsOn(new MemoryFs()));
});

test("createEncryptedFileSecrets() keeps values over a restart, white space around the key or not", async () => {
  const fs = new MemoryFs();
  await secretsOn(fs).set("mmf", "token", "value");
  expect(await secretsOn(fs, `  ${KEY}\n`).get("mmf", "token")).toBe("value");
});

test("createEncryptedFileSecrets() leaves neither name nor value readable", async () => {
  const fs = new MemoryFs();
  await secretsOn(fs).set("mmf", "refresh_token", "s3cr3t-value");
  const text = await fs.readText(PATH);
  expect(text).toContain('"format":"mmfsync-secrets","version":1');
  for (const word of ["s3cr3t", "refresh_token", "mmf/", KEY]) expect(text).not.toContain(word);
  for (const part of Object.values<string>(JSON.parse(text ?? "{}"))) {
    expect(Buffer.from(String(part), "base64").toString("latin1")).not.toContain("s3cr3t");
  }
});

test("createEncryptedFileSecrets() takes a new salt and nonce for each change", async () => {
  const fs = new MemoryFs();
  const secrets = secretsOn(fs);
  const seen = new Set<string>();
  for (let i = 0; i < 3; i++) {
    await secrets.set("mmf", "token", "same");
    const { salt, nonce, data } = JSON.parse(await fs.readText(PATH) ?? "{}");
    for (const part of [salt, nonce, data]) seen.add(part);
  }
  expect(seen.size).toBe(9);
});

test("createEncryptedFileSecrets() leaves no file when the last secret is deleted", async () => {
  const fs = new MemoryFs();
  const secrets = secretsOn(fs);
  await secrets.set("mmf", "session", "a");
  await secrets.set("mmf", "token", "b");
  await secrets.delete("mmf", "session");
  expect(await secrets.get("mmf", "token")).toBe("b");
  await secrets.delete("mmf", "token");
  expect(await fs.readText(PATH)).toBeNull();
});

test("createEncryptedFileSecrets() tells a wrong key, and leaves the file as it was", async () => {
  const fs = new MemoryFs();
  await secretsOn(fs).set("mmf", "token", "value");
  const before = await fs.readText(PATH);
  const wrong = secretsOn(fs, "wrong horse");
  for (
    const work of [
      wrong.get("mmf", "token"),
      wrong.set("mmf", "token", "x"),
      wrong.delete("mmf", "token"),
    ]
  ) {
    await expect(work).rejects.toMatchObject({
      kind: "badInput",
      message: expect.stringContaining("MMFSYNC_KEY"),
    });
  }
  expect(await fs.readText(PATH)).toBe(before);
});

test("createEncryptedFileSecrets() notices every changed character of the file", async () => {
  const fs = new MemoryFs();
  const secrets = secretsOn(fs);
  await secrets.set("mmf", "token", "value");
  const text = await fs.readText(PATH) ?? "";
  for (let i = 0; i < text.length; i++) {
    const other = text[i] === "A" ? "B" : "A";
    await fs.writeTextAtomic(PATH, text.slice(0, i) + other + text.slice(i + 1));
    const error: unknown = await secrets.get("mmf", "token").then(() => null, (reason) => reason);
    expect([i, error instanceof SyncError && error.kind]).toEqual([i, "integrity"]);
  }
});

test("createEncryptedFileSecrets() notices a change by somebody who repairs the sum", async () => {
  const fs = new MemoryFs();
  const secrets = secretsOn(fs);
  await secrets.set("mmf", "token", "value");
  const box = JSON.parse(await fs.readText(PATH) ?? "{}");
  const data = Buffer.from(box.data, "base64");
  data[0] = (data[0] ?? 0) ^ 1;
  box.data = data.toString("base64");
  const { createHash } = await import("node:crypto");
  const all = [box.format, box.version, box.salt, box.nonce, box.proof, box.data];
  box.sum = createHash("sha256").update(JSON.stringify(all)).digest("base64");
  await fs.writeTextAtomic(PATH, JSON.stringify(box));
  await expect(secrets.get("mmf", "token")).rejects.toMatchObject({ kind: "integrity" });
});

test.each(["", "{}", "[]", "null", '{"format":"mmfsync-secrets","version":1}', "not json"])(
  "createEncryptedFileSecrets() calls %j damaged",
  async (text) => {
    const fs = new MemoryFs();
    await fs.writeTextAtomic(PATH, text);
    await expect(secretsOn(fs).get("mmf", "x")).rejects.toMatchObject({ kind: "integrity" });
  },
);

test("createEncryptedFileSecrets() refuses content that is no table of texts", async () => {
  const fs = new MemoryFs();
  await fs.writeTextAtomic(PATH, await createSealedBox(KEY).seal('{"mmf/x":1}'));
  await expect(secretsOn(fs).get("mmf", "x")).rejects.toMatchObject({ kind: "integrity" });
});

test("createEncryptedFileSecrets() asks for an update when a newer version wrote the file", async () => {
  const fs = new MemoryFs();
  await fs.writeTextAtomic(PATH, '{"format":"mmfsync-secrets","version":2,"more":1}');
  await expect(secretsOn(fs).get("mmf", "x")).rejects.toMatchObject({
    kind: "badInput",
    message: expect.stringContaining("update the app"),
  });
});

test.each(["", "       ", "short"])("createEncryptedFileSecrets() refuses the key %j", (key) => {
  expect(() => secretsOn(new MemoryFs(), key)).toThrow(
    expect.objectContaining({ kind: "badInput" }),
  );
});

test("createEncryptedFileSecrets() keeps the old values when the disk is full", async () => {
  const fs = new MemoryFs();
  const secrets = secretsOn(fs);
  await secrets.set("mmf", "token", "old");
  fs.capacity = fs.used + 10;
  await expect(secrets.set("mmf", "token", "new")).rejects.toMatchObject({ kind: "diskFull" });
  expect(await secrets.get("mmf", "token")).toBe("old");
});

test("createSealedBox() derives its keys without holding up the event loop", async () => {
  let turns = 0;
  const ticking = setInterval(() => turns++, 1);
  await createSealedBox(KEY).seal("x");
  clearInterval(ticking);
  expect(turns).toBeGreaterThan(3);
});

test.runIf(Deno.build.os !== "windows")(
  "createEncryptedFileSecrets() writes a file that only its owner reads",
  async () => {
    const directory = await Deno.makeTempDir();
    try {
      const path = join(directory, "secrets.json.enc");
      const secrets = createEncryptedFileSecrets({
        fs: createDiskFs({ fileMode: 0o600 }),
        path,
        key: KEY,
      });
      await secrets.set("mmf", "token", "value");
      expect(((await Deno.stat(path)).mode ?? 0) & 0o777).toBe(0o600);
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  },
);
