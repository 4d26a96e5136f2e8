import { beforeEach, expect, test } from "vitest";
import { FakeClock } from "../../platform/testing/fake_clock.ts";
import { MemoryLog } from "../../platform/testing/memory_log.ts";
import { createMemorySecrets } from "../../platform/secrets/memory.ts";
import { ENDPOINTS, FakeSignInServer, refusal, tokens } from "../testing/fake_sign_in_server.ts";
import { TokenKeeper } from "./token_keeper.ts";
import { readTokens, writeClient, writeTokens } from "./token_set.ts";

const HOUR = 3_600_000;
let clock: FakeClock;
let http: FakeSignInServer;
let secrets: ReturnType<typeof createMemorySecrets>;
let renewals: (number | null)[];
let keeper: TokenKeeper;

beforeEach(async () => {
  clock = new FakeClock();
  http = new FakeSignInServer();
  secrets = createMemorySecrets();
  renewals = [];
  const onRenewed = (at: number | null) => renewals.push(at);
  keeper = new TokenKeeper(
    { http, secrets, clock, log: new MemoryLog(), onRenewed },
    "site",
    "oauth",
    ENDPOINTS,
  );
  await writeClient(secrets, "site", "oauth", { id: "app", secret: "s" });
  await signIn(HOUR);
});

async function signIn(lasts: number, refreshToken: string | null = "first") {
  const expiresAt = clock.now() + lasts;
  await writeTokens(secrets, "site", "oauth", { accessToken: "old", refreshToken, expiresAt });
}

test("TokenKeeper gives what is good without asking anybody", async () => {
  expect(await keeper.accessToken()).toBe("old");
  expect(http.asked).toEqual([]);
});

test("TokenKeeper gives nothing when nobody is signed in", async () => {
  await secrets.delete("site", "oauth");
  expect(await keeper.accessToken()).toBeNull();
});

test("TokenKeeper renews ahead of the end and keeps what came as one value", async () => {
  await signIn(59_000);
  expect(await keeper.accessToken()).toBe("fresh");
  expect(await readTokens(secrets, "site", "oauth")).toEqual({
    accessToken: "fresh",
    refreshToken: "next",
    expiresAt: clock.now() + HOUR,
  });
  expect(renewals).toEqual([clock.now() + HOUR]);
});

test("TokenKeeper asks once, however many want a token", async () => {
  await signIn(0);
  const all = await Promise.all([
    keeper.accessToken(),
    keeper.accessToken(),
    keeper.renew("old"),
    keeper.accessToken(),
  ]);
  expect(all).toEqual(["fresh", "fresh", true, "fresh"]);
  expect(http.asked).toHaveLength(1);
});

test("TokenKeeper does not ask for a token that has another in its place already", async () => {
  expect(await keeper.renew("older")).toBe(true);
  expect(http.asked).toEqual([]);
});

test("TokenKeeper uses what is still good while the sign-in server has a hiccup", async () => {
  await signIn(30_000);
  http.answer = () => new Response("", { status: 503 });
  expect(await keeper.accessToken()).toBe("old");
  await clock.advance(30_000);
  await expect(keeper.accessToken()).rejects.toMatchObject({ kind: "retryable" });
});

test("TokenKeeper says needsAuth when the site has ended the sign-in, and keeps what there is", async () => {
  await signIn(0);
  http.answer = () => refusal(400, "Refresh token expired");
  await expect(keeper.accessToken()).rejects.toMatchObject({ kind: "needsAuth" });
  expect(await readTokens(secrets, "site", "oauth")).toMatchObject({ refreshToken: "first" });
});

test("TokenKeeper says needsAuth when a token without renewal has run out, and not before", async () => {
  await signIn(1, null);
  expect(await keeper.accessToken()).toBe("old");
  await clock.advance(1);
  await expect(keeper.accessToken()).rejects.toMatchObject({ kind: "needsAuth" });
  expect(await keeper.renew("old")).toBe(false);
});

test("TokenKeeper signs nobody in again who has signed out meanwhile", async () => {
  await signIn(0);
  http.answer = async () => {
    await secrets.delete("site", "oauth");
    return tokens();
  };
  await expect(keeper.accessToken()).rejects.toMatchObject({ kind: "needsAuth" });
  expect(await secrets.get("site", "oauth")).toBeNull();
});

test("TokenKeeper goes on with rotated tokens that the keychain did not take, until it does", async () => {
  await signIn(0);
  const { set } = secrets;
  secrets.set = () => Promise.reject(new Error("locked"));
  expect(await keeper.accessToken()).toBe("fresh");
  secrets.set = set;
  expect(await keeper.accessToken()).toBe("fresh");
  expect(await readTokens(secrets, "site", "oauth")).toMatchObject({ refreshToken: "next" });
  expect(http.asked).toHaveLength(1);
});

test("TokenKeeper renews a token once for a refusal, as a fresh one is not what the site refuses", async () => {
  expect(await keeper.renew("old")).toBe(true);
  expect(await keeper.renew("fresh")).toBe(false);
  expect(http.asked).toHaveLength(1);
  await clock.advance(10 * 60_000);
  expect(await keeper.renew("fresh")).toBe(true);
  expect(http.asked).toHaveLength(2);
});
