import { expect, test } from "vitest";
import { UrlSigner } from "./signed_url.ts";

function signerAt(start: number) {
  let now = start;
  const signer = new UrlSigner("secret", () => now, 300);
  return { signer, pass: (ms: number) => void (now += ms) };
}

test("UrlSigner accepts its storage addresses until they expire", () => {
  const { signer, pass } = signerAt(Date.UTC(2026, 0, 1));
  const url = new URL(signer.signStorage("https://dl4.example/a/b%20c", 'we "ird" é.zip'));
  expect(url.searchParams.get("X-Amz-Expires")).toBe("300");
  expect(url.searchParams.get("X-Amz-Date")).toBe("20260101T000000Z");
  expect(signer.checkStorage(url)).toBeNull();
  pass(299_999);
  expect(signer.checkStorage(url)).toBeNull();
  pass(1);
  expect(signer.checkStorage(url)).toBe("expired");
});

test("UrlSigner refuses storage addresses that were changed or never signed", () => {
  const { signer } = signerAt(Date.UTC(2026, 0, 1));
  const url = new URL(signer.signStorage("https://dl4.example/a", "x"));
  const longer = new URL(url.href);
  longer.searchParams.set("X-Amz-Expires", "9999");
  expect(signer.checkStorage(longer)).toBe("mismatch");
  expect(signer.checkStorage(new URL(url.href.replace("/a?", "/b?")))).toBe("mismatch");
  expect(signer.checkStorage(new URL("https://dl4.example/a"))).toBe("missing");
});

test("UrlSigner signs and checks zip addresses by exp and sig", () => {
  const { signer, pass } = signerAt(Date.UTC(2026, 0, 1));
  const url = new URL(signer.signCdn("https://dlcc.example/a.zip"));
  expect(signer.checkCdn(url)).toBeNull();
  expect(signer.checkCdn(new URL(url.href.replace("a.zip", "b.zip")))).toBe("mismatch");
  expect(signer.checkCdn(new URL("https://dlcc.example/a.zip"))).toBe("missing");
  pass(300_000);
  expect(signer.checkCdn(url)).toBe("expired");
});
