import { expect, test } from "vitest";

import { authenticate } from "./account.ts";
import { FakeHost, html, json, redirect } from "./testing/fake_host.ts";

const SEARCH = "/api/v2/search?q=test&per_page=1";
const DENIED = json({ error: "access_denied" }, 401);

function ask(answer: Parameters<FakeHost["set"]>[1], search = DENIED) {
  return authenticate(new FakeHost({ "/api/v2/user": answer, [SEARCH]: search }));
}

test("authenticate() knows an API key by what it opens", async () => {
  expect(await ask(DENIED, json({ items: [] }))).toEqual({ id: "api-key", name: "API key" });
});

test("authenticate() names the account", async () => {
  expect(await ask(json({ id: 7, username: "mia", name: "Mia M.", extra: [] })))
    .toEqual({ id: "7", name: "Mia M." });
  expect(await ask(json({ id: "7", username: "mia", name: null })))
    .toEqual({ id: "7", name: "mia" });
  expect(await ask(json({ username: "mia" }))).toEqual({ id: "mia", name: "mia" });
});

test("authenticate() asks to sign in when the credential opens nothing", async () => {
  for (const answer of [DENIED, json({}, 403), html(), redirect("/login")]) {
    await expect(ask(answer)).rejects.toMatchObject({ code: "needsAuth" });
  }
});

test("authenticate() does not take other answers for an account", async () => {
  for (const answer of [json([]), json({}), json(null), json({}, 404), { body: "" }]) {
    await expect(ask(answer)).rejects.toMatchObject({ code: "badResponse" });
  }
});
