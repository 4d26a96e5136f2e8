import fc from "fast-check";
import { expect, test } from "vitest";

import { flatText, plainText } from "./plain_text.ts";

test("plainText() gives a line to each block", () => {
  expect(plainText("<p>One <b>coin</b>.</p><p>Two&nbsp;sides<br/>&amp; an\n edge.</p>"))
    .toBe("One coin.\n\nTwo sides\n& an edge.");
  expect(plainText("<ul><li>a</li>\n<li>b</li></ul>")).toBe("- a\n- b");
});

test("plainText() leaves scripts, styles and comments out", () => {
  expect(
    plainText("a<script>if (1 < 2) alert('<p>x</p>')</script>b<!-- c > d --><style>e</style>f"),
  )
    .toBe("abf");
});

test("plainText() keeps what only looks like markup", () => {
  expect(plainText("1 < 2 > 0 and 3 <4")).toBe("1 < 2 > 0 and 3 <4");
  expect(plainText("&lt;b&gt; &unknown; &#8364; &#x20ac; &#0;")).toBe("<b> &unknown; € €");
});

test("plainText() takes out control and direction characters", () => {
  expect(plainText("a\u0000b\u202ec")).toBe("abc");
  expect(plainText(" <p> </p> ")).toBeNull();
});

test("plainText() never fails and is quick on hostile markup", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (value) => {
    const text = plainText(value);
    return text === null || text.length > 0;
  }));
  const start = performance.now();
  for (const piece of ["<", "<script", "<!--", "<a", "&#", "<script>", "< "]) {
    {
      plainText(`${piece.repeat(300_000)}>`);
    }
  }
  expect(performance.now() - start).toBeLessThan(3000);
});

test("flatText() finds the lines in a flattened description", () => {
  expect(flatText("One coin.  \u00a0Two sides.")).toBe("One coin.\nTwo sides.");
  expect(flatText("")).toBeNull();
});
