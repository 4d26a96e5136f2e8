import { expect, test } from "vitest";
import { MOST_BYTES, readDocuments, type SavedFile } from "./saved_documents.ts";

const LIST = '[{"id":"object-1","name":"A <b> & \\"c\\" ü"}]';
const isOurs = ({ hostname }: URL) => hostname === "www.example.com";

function file(text: string | Uint8Array, name = "list.json"): SavedFile {
  return { name, bytes: typeof text === "string" ? new TextEncoder().encode(text) : text };
}

const read = (...files: readonly SavedFile[]) => readDocuments(files, isOurs);

function utf16(text: string): Uint8Array {
  const units = Uint16Array.from(`\ufeff${text}`, (character) => character.charCodeAt(0));
  return new Uint8Array(units.buffer);
}

test("readDocuments() takes a JSON text as it is, whatever mark stands before it", () => {
  for (const bytes of [LIST, `\ufeff${LIST}`, ` \r\n${LIST}\n`, utf16(LIST)]) {
    expect(read(file(bytes))).toEqual([{ name: "list.json", url: null, text: LIST }]);
  }
});

test("readDocuments() finds the JSON in the page that a browser makes of one", () => {
  const escaped = LIST.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const page = '<html><head><meta name="color-scheme"></head><body>' +
    `<pre style="word-wrap: break-word;">${escaped}</pre><div class="json"></div></body></html>`;
  expect(read(file(page))).toMatchObject([{ text: LIST }]);
  for (const other of ["<html><title>Sign in</title></html>", "<pre>Not found</pre>"]) {
    expect(read(file(other))).toMatchObject([{ text: other }]);
  }
});

test("readDocuments() takes answers of the site from a recording, and never what was sent", () => {
  const entry = (url: string, text: string, change: object = {}) => ({
    request: { method: "GET", url, headers: [{ name: "cookie", value: "secret" }] },
    response: { status: 200, content: { text, ...change } },
  });
  const recording = JSON.stringify({
    log: {
      version: "1.2",
      entries: [
        entry("https://www.example.com/list?token=secret", LIST),
        entry("https://www.example.com/names", btoa('["x"]'), { encoding: "base64" }),
        entry("https://tracker.example.net/list", "secret"),
        entry("https://www.example.com/empty", ""),
        { ...entry("https://www.example.com/gone", "x"), response: { status: 404 } },
        { ...entry("https://www.example.com/post", "x"), request: { method: "POST", url: "x" } },
      ],
    },
  });
  const documents = read(file(recording, "site.har"));
  expect(documents).toEqual([
    { name: "site.har", url: "https://www.example.com/list", text: LIST },
    { name: "site.har", url: "https://www.example.com/names", text: '["x"]' },
  ]);
  expect(JSON.stringify(documents)).not.toContain("secret");
});

test("readDocuments() hands on what it does not know, for the provider to judge", () => {
  for (const text of ["", "{}", '{"log":1}', '{"log":', "id;name"]) {
    expect(read(file(text))).toMatchObject([{ url: null, text }]);
  }
});

test("readDocuments() refuses what is too much or no text, and says what to do", () => {
  expect(() => read(file(new Uint8Array(MOST_BYTES)), file("x"))).toThrow("save the list alone");
  expect(() => read(file(new Uint8Array([0x50, 0x4b, 0xff, 0xfe, 3]), "a\u001b[31m.zip")))
    .toThrow("a [31m.zip is no text: save the page as text or JSON");
});
