import { expect, test } from "vitest";
import { imageTypeOf } from "./image_type.ts";

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

test.each([
  ["\x89PNG\r\n\x1a\n....", "image/png"],
  ["\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"],
  ["GIF89a\x01\x00\x01\x00", "image/gif"],
  ["RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"],
  ["\x00\x00\x00\x20ftypavif\x00\x00\x00\x00", "image/avif"],
])("imageTypeOf(%j) is %s", (head, type) => {
  expect(imageTypeOf(bytes(head))).toBe(type);
});

test.each([
  "",
  "\x89PNG",
  "<svg xmlns='http://www.w3.org/2000/svg'>",
  "<?xml version='1.0'?><svg>",
  "<!doctype html><title>Just a moment...</title>",
  "GIF is a format",
  "RIFF\x24\x00\x00\x00WAVEfmt ",
  "\x00\x00\x00\x20ftypisom\x00\x00\x00\x00",
])("imageTypeOf(%j) is null", (head) => {
  expect(imageTypeOf(bytes(head))).toBeNull();
});
