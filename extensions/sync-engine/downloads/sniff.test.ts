import { expect, test } from "vitest";
import { contradiction } from "./sniff.ts";

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test.each(["dragon.stl", "dragon.zip", "dragon", "render.png"])(
  "contradiction() finds a web page under the name %s",
  (name) => {
    expect(contradiction(name, bytes("\n <!DOCTYPE html><html>Just a moment..."))).not.toBeNull();
    expect(contradiction(name, bytes("\xEF\xBB\xBF<html lang=en>"))).not.toBeNull();
  },
);

test("contradiction() finds the error document of a storage server", () => {
  const xml = '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code>';
  expect(contradiction("dragon.stl", bytes(xml))).not.toBeNull();
});

test("contradiction() lets pages be pages", () => {
  expect(contradiction("readme.html", bytes("<!doctype html>"))).toBeNull();
});

test.each([
  ["a.zip", "PK\x03\x04rest"],
  ["a.ZIP", "PK\x05\x06"],
  ["a.3mf", "PK\x03\x04"],
  ["a.pdf", "%PDF-1.7"],
  ["a.stl", "solid dragon"],
  ["a.obj", "# Blender"],
  ["a.jpg", "\x89PNG"],
  ["a.lys", "anything"],
])("contradiction() has nothing against %s with its own signature", (name, head) => {
  expect(contradiction(name, bytes(head))).toBeNull();
});

test("contradiction() names what an archive is not", () => {
  expect(contradiction("a.zip", bytes("not a zip"))).toBe("something that is not a zip file");
});

test("contradiction() does not judge by less than a signature", () => {
  expect(contradiction("a.zip", bytes("P"))).toBeNull();
  expect(contradiction("a.zip", bytes(""))).toBeNull();
});
