import { expect, test } from "vitest";

import { authenticate } from "./account.ts";
import { FakeHost, html, json, redirect } from "./testing/fake_host.ts";

function ask(answer: Parameters<FakeHost["set"]>[1]) {
  return authenticate(new FakeHost({ "/api/v2/user": answer }));
}

test("authenticate() names the account", async () => {
  expect(await ask(json({ id: 7, username: "mia", name: "Mia M.", extra: [] })))
    .toEqual({ id: "7", name: "Mia M." });
  expect(await ask(json({ id: "7", username: "mia", name: null })))
    .toEqual({ id: "7", name: "mia" });
  expect(await ask(json({ username: "mia" }))).toEqual({ id: "mia", name: "mia" });
});

test("authenticate() asks to sign in when the credential opens nothing", async () => {
  const denied = json({ error: "access_denied" }, 401);
  for (const answer of [denied, json({}, 403), html(), redirect("/login")]) {
    await expect(ask(answer)).rejects.toMatchObject({ code: "needsAuth" });
  }
});

test("authenticate() does not take other answers for an account", async () => {
  for (const answer of [json([]), json({}), json(null), json({}, 404), { body: "" }]) {
    await expect(ask(answer)).rejects.toMatchObject({ code: "badResponse" });
  }
});
