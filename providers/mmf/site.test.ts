import { expect, test } from "vitest";

import { getJson, isLoginUrl, siteUrl } from "./site.ts";
import { FakeHost, html, json, redirect } from "./testing/fake_host.ts";

function ask(answer: Parameters<FakeHost["set"]>[1]) {
  return getJson(new FakeHost({ "/a": answer }), "/a");
}

test("getJson() returns the parsed value", async () => {
  expect(await ask(json({ a: 1 }))).toEqual({ kind: "json", value: { a: 1 } });
});

test("getJson() tells refusals apart", async () => {
  expect((await ask(json({}, 401))).kind).toBe("unauthorised");
  expect((await ask(json({}, 403))).kind).toBe("forbidden");
  expect((await ask(json({}, 404))).kind).toBe("missing");
});

test("getJson() sees every form of the sign-in page", async () => {
  const followed = { ...json({}), url: "https://www.myminifactory.com/login?next=x" };
  for (const answer of [html(), redirect("/login"), followed, { body: "\n<html>" }]) {
    expect((await ask(answer)).kind).toBe("loginPage");
  }
});

test("getJson() never takes a broken answer for data", async () => {
  for (const body of ["", "  ", '[{"id":"object-1"']) {
    await expect(ask({ body })).rejects.toMatchObject({ code: "badResponse" });
  }
  await expect(ask(json({}, 418))).rejects.toMatchObject({ code: "badResponse" });
});

test("getJson() asks for a pause on limits and bot checks, also without Cloudflare's header", async () => {
  const check = html("<html><head><title>Just a moment...</title>", 403);
  for (const answer of [check, { ...check, status: 200 }]) {
    await expect(ask(answer)).rejects.toMatchObject({ code: "challenged" });
  }
  await expect(ask(json({}, 429))).rejects.toMatchObject({ code: "throttled" });
  await expect(ask(html("", 503))).rejects.toMatchObject({ code: "retryable" });
});

test("getJson() takes a page with 403 for a pause, not for a word about a model", async () => {
  for (const answer of [html("<html><title>403 Forbidden</title>", 403), html("", 403)]) {
    await expect(ask(answer)).rejects.toMatchObject({ code: "throttled" });
  }
});

test("siteUrl() completes and encodes what the site gives", () => {
  expect(siteUrl("/download/1?a=b")?.href).toBe("https://www.myminifactory.com/download/1?a=b");
  expect(siteUrl("http://dl.myminifactory.com/it's a.jpg")?.href)
    .toBe("https://dl.myminifactory.com/it%27s%20a.jpg");
  expect(siteUrl("https://dl.myminifactory.com/a%20b.jpg")?.href)
    .toBe("https://dl.myminifactory.com/a%20b.jpg");
});

test("siteUrl() refuses foreign addresses", () => {
  for (
    const raw of [
      "https://myminifactory.com.evil.example/a",
      "https://evilmyminifactory.com/a",
      "https://www.myminifactory.com:8443/a",
      "https://user:pw@www.myminifactory.com/a",
      "javascript:alert(1)",
      "data:text/plain,a",
      "https://[",
    ]
  ) expect(siteUrl(raw), raw).toBeNull();
});

test("isLoginUrl() knows the sign-in pages only", () => {
  expect(isLoginUrl("https://www.myminifactory.com/fr/login?x=1")).toBe(true);
  expect(isLoginUrl("https://auth.myminifactory.com/web/authorize")).toBe(true);
  expect(isLoginUrl("https://www.myminifactory.com/object/login-desk-1")).toBe(false);
});
