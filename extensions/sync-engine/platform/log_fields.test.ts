import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { createLogCleaner } from "./log_fields.ts";

const cleaner = createLogCleaner("salt");

function hashOf(text: string): string {
  return createHmac("sha256", "salt").update(text).digest("hex").slice(0, 12);
}

test.each(["title", "creator", "name", "path", "file", "asset", "account"])(
  "createLogCleaner().fields() hashes %s",
  (key) => {
    expect(cleaner.fields({ [key]: "Red Dragon" })).toEqual({ [key]: hashOf("Red Dragon") });
    expect(cleaner.fields({ [key]: 77 })).toEqual({ [key]: hashOf("77") });
    expect(cleaner.fields({ [key]: null, other: undefined })).toEqual({ [key]: null });
  },
);

test.each(["fileName", "target_path", "creatorId", "user-name", "username", "ASSET_TITLE"])(
  "createLogCleaner().fields() hashes texts of %s, which is a name in other words",
  (key) => {
    expect(cleaner.fields({ [key]: "Red Dragon" })).toEqual({ [key]: hashOf("Red Dragon") });
  },
);

test("createLogCleaner().fields() keeps counts and plain texts", () => {
  const fields = { fileCount: 3, files: 4, status: 503, done: true, kind: "throttled", host: null };
  expect(cleaner.fields(fields)).toEqual(fields);
});

test.each([
  ...["token", "accessToken", "refresh_token", "password", "passphrase", "client_secret", "apiKey"],
  ...["authorization", "cookie", "set-cookie", "PHPSESSID", "session_id", "REMEMBERME", "code"],
  ...["cf_clearance", "X-Amz-Signature", "credential", "email", "sig"],
])("createLogCleaner().fields() leaves %s out", (key) => {
  expect(cleaner.fields({ [key]: "s3cr3t", [`my_${key}`]: 1, kept: 1 })).not.toHaveProperty(key);
});

test.each([
  ['Cannot write "/home/frodo/Red Dragon.zip": the disk is full', "/home/frodo/Red Dragon.zip"],
  ["Cannot open 'C:\\Users\\Frodo\\Red Dragon.zip': denied", "C:\\Users\\Frodo\\Red Dragon.zip"],
  ['Cannot write "/data/Frodo\'s/Dragon.zip": full', "/data/Frodo's/Dragon.zip"],
  ["open /home/frodo/dragon.zip: denied", "/home/frodo/dragon.zip"],
  ["open C:\\Users\\Frodo\\dragon.zip: denied", "C:\\Users\\Frodo\\dragon.zip"],
  ['Cannot open "\\\\nas\\Frodo\\x.zip": denied', "\\\\nas\\Frodo\\x.zip"],
])("createLogCleaner().message() hashes the path in %s", (text, path) => {
  const clean = cleaner.message(text);
  expect(clean).toBe(text.replace(path, () => `#${hashOf(path)}`));
  expect(clean).not.toMatch(/frodo|dragon/i);
});

test("createLogCleaner().message() takes credentials, queries and addresses of people out", () => {
  expect(cleaner.message("GET https://a.example/x?key=s3cr3t by frodo@shire.example"))
    .toBe("GET https://a.example/x by [email]");
  expect(cleaner.fields({ reason: "Bearer abcdefgh" })).toEqual({ reason: "Bearer [redacted]" });
});

test("createLogCleaner() gives the same hash for the same salt only", () => {
  const same = createLogCleaner("salt").fields({ name: "x" });
  expect(same).toEqual(cleaner.fields({ name: "x" }));
  expect(createLogCleaner("other").fields({ name: "x" })).not.toEqual(same);
});
