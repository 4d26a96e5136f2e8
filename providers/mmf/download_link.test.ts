import { expect, test } from "vitest";

import { downloadUrl, expiryOf } from "./download_link.ts";
import { FakeHost, html, json, redirect } from "./testing/fake_host.ts";

const ARCHIVE = "/download/200?archive_id=33";
const FILE = { id: "archive-33", ref: `https://www.myminifactory.com${ARCHIVE}` };
const ZIP = { id: "object-200-zip", ref: "https://www.myminifactory.com/download/200" };
const OWN = "/api/data-library/myObjects/object-200/downloadables";
const USER = { "/api/v2/user": json({ id: 1, username: "mia" }) };
const STORAGE =
  "https://dl4.myminifactory.com/a/b.zip?X-Amz-Date=20261123T070620Z&X-Amz-Expires=300&X-Amz-Signature=s%2Fx";

test("downloadUrl() leases the address that the site mints", async () => {
  const host = new FakeHost({
    [ARCHIVE]: (request) => request.redirect === "manual" ? redirect(STORAGE) : html(),
  });
  expect(await downloadUrl(host, FILE))
    .toEqual({ url: STORAGE, expiresAt: Date.UTC(2026, 10, 23, 7, 11, 20) });
});

test("downloadUrl() follows the site through a second minting address", async () => {
  const host = new FakeHost({
    [ARCHIVE]: redirect("/download/200/file"),
    "/download/200/file": redirect("https://dlcc.myminifactory.com/z.zip?exp=1795417580&sig=a"),
  });
  expect((await downloadUrl(host, FILE)).expiresAt).toBe(1795417580000);
  host.set("/download/200/file", redirect(ARCHIVE));
  await expect(downloadUrl(host, FILE)).rejects.toMatchObject({ code: "badResponse" });
});

test("downloadUrl() asks the site nothing for a picture", async () => {
  const host = new FakeHost({});
  const ref = "https://dl4.myminifactory.com/object-images/a/the back's side.JPG";
  expect(await downloadUrl(host, { id: "image-1", ref })).toEqual({
    url: "https://dl4.myminifactory.com/object-images/a/the%20back%27s%20side.JPG",
    expiresAt: null,
  });
  expect(host.asked).toEqual([]);
});

test("downloadUrl() tells a locked file from a sign-in that has ended by asking for the account", async () => {
  const refused = { [ARCHIVE]: json({ error: "invalid_token" }, 401) };
  const signedOut = new FakeHost({ ...refused, "/api/v2/user": json({}, 401) });
  await expect(downloadUrl(signedOut, FILE)).rejects.toMatchObject({ code: "needsAuth" });
  const signedIn = new FakeHost({ ...refused, ...USER });
  await expect(downloadUrl(signedIn, FILE)).rejects.toMatchObject({ code: "locked" });
  expect(signedIn.asked).toEqual([ARCHIVE, "/api/v2/user"]);
});

test("downloadUrl() asks to sign in when the site sends to its sign-in page", async () => {
  await expect(downloadUrl(new FakeHost({ [ARCHIVE]: redirect("/login?next=1"), ...USER }), FILE))
    .rejects.toMatchObject({ code: "needsAuth" });
});

test("downloadUrl() finds out what a page instead of a file means", async () => {
  for (const answer of [html(), redirect("/object/3d-print-a-200")]) {
    const signedIn = new FakeHost({ [ARCHIVE]: answer, "/download/200": answer, ...USER });
    await expect(downloadUrl(signedIn, FILE)).rejects.toMatchObject({ code: "locked" });
    await expect(downloadUrl(signedIn, ZIP)).rejects.toMatchObject({ code: "gone" });
    const signedOut = new FakeHost({ [ARCHIVE]: answer, "/api/v2/user": json({}, 401) });
    await expect(downloadUrl(signedOut, FILE)).rejects.toMatchObject({ code: "needsAuth" });
  }
});

test("downloadUrl() tells a throttle from a locked model", async () => {
  for (const refused of [{ status: 403, body: "Forbidden" }, json({ error: "forbidden" }, 403)]) {
    const cases = [
      [json({ archives: [] }), "throttled"],
      [json({}, 404), "throttled"],
      [html(), "throttled"],
      [json({}, 403), "locked"],
      [json({}, 401), "locked"],
    ] as const;
    for (const [own, code] of cases) {
      const host = new FakeHost({ [ARCHIVE]: refused, [OWN]: own, ...USER });
      await expect(downloadUrl(host, FILE)).rejects.toMatchObject({ code });
      expect(host.asked.slice(0, 2)).toEqual([ARCHIVE, OWN]);
    }
  }
});

test("downloadUrl() passes other refusals on as what they are", async () => {
  const cases = [
    [json({}, 404), "gone"],
    [json({}, 410), "gone"],
    [json({}, 429), "throttled"],
    [json({}, 502), "retryable"],
    [html("<title>Just a moment...</title>", 403), "challenged"],
    [json({}), "badResponse"],
    [{ status: 302 }, "badResponse"],
    [redirect("https://elsewhere.example/a.zip"), "badResponse"],
    [redirect("https://["), "badResponse"],
  ] as const;
  for (const [answer, code] of cases) {
    await expect(downloadUrl(new FakeHost({ [ARCHIVE]: answer }), FILE))
      .rejects.toMatchObject({ code });
  }
  await expect(downloadUrl(new FakeHost({}), { id: "file-1", ref: "https://elsewhere.example/" }))
    .rejects.toMatchObject({ code: "badResponse" });
});

test("expiryOf() reads seconds and milliseconds, and nothing else", () => {
  const at = (query: string) => expiryOf(new URL(`https://dl.myminifactory.com/a?${query}`));
  expect(at("exp=1795417580")).toBe(1795417580000);
  expect(at("exp=1795417580000")).toBe(1795417580000);
  expect(at("Expires=1795417580")).toBe(1795417580000);
  for (const query of ["", "exp=soon", "X-Amz-Expires=300", "X-Amz-Date=x&X-Amz-Expires=300"]) {
    expect(at(query)).toBeNull();
  }
});
