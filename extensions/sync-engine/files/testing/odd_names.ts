import fc from "fast-check";

const PIECES = [
  ...["CON", "nul", "Aux", "COM1", "com¹", "LPT³", "conin$", "prn", "ＣＯＮ", "files", "renders"],
  ...[".", "..", " ", "/", "\\", ":", "*", "?", '"', "<", ">", "|", "\0", "\n", "\u0085", "\u007f"],
  ...[".part", ".PART", ".versions", "datapackage.json", ".mmfsync-root.json", "Thumbs.db"],
  ...[".stl", ".tar.gz", ".7z.001", ".STL", "-", "~", "$", "%00", "%2f", "C:", "//server/share"],
  ...["\ud800", "\udc00", "\u202e", "\u200d", "\ufeff", "\u200b", "\u2024", "\u3164", "\ufffe"],
  ...["👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "é", "e\u0301", "ß", "ẞ", "ſ", "K", "İ", "ı", "ﬁ", "أهلا", "שלום", "龍", "한"],
];

/** Names as no site should give them, and as one does some day. */
export const oddName: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.array(fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)))
    .map((units) => units.join("")),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join("")),
  fc.tuple(
    fc.constantFrom(...PIECES, "a", "e\u0301\u0323"),
    fc.nat(10_000),
    fc.constantFrom(...PIECES),
  )
    .map(([piece, times, end]) => piece.repeat(Math.ceil(times / piece.length)) + end),
);
