import { expect, test } from "vitest";
import { checkImports } from "./import_check.ts";

test.each([
  "export default { authenticate: async () => ({}) };",
  "export default { imported: 1, important: 2 };",
  "export const from = 'there'; export default from;",
])("checkImports() lets through %j", (source) => {
  expect(() => checkImports(source)).not.toThrow();
});

test.each([
  'import x from "./x.js"; export default x;',
  'import "./x.js";',
  'import data from "file:///etc/hostname.json" with { type: "json" }; export default data;',
  'import x from "npm:left-pad";',
  'import x from "node:process";',
  'import x from "data:text/javascript,export default 1";',
  'import * as x from "x";',
  'import { a as b } from "x";',
  'import defer * as x from "x";',
  'import source x from "x";',
  'export { x } from "./x.js";',
  'export * from "./x.js";',
  'export * as x from "./x.js";',
  'const x = await import("./x.js");',
  'const x = await import /* sly */ ("./x.js");',
  'const x = await import\n("./x.js");',
  "const name = './x.js'; await import(name);",
  "await import(`file:///${1}.js`);",
  "`${await import('x')}`",
  "const here = import.meta.url;",
  "const here = import . meta;",
  "const a = 1 / 2; import('x'); const b = 1 / 2;",
  "if (x) /a'/.test(y); import('z'); // '",
  "export default {}; eval; () => import('x')",
])("checkImports() refuses %j", (source) => {
  expect(() => checkImports(source)).toThrow(
    expect.objectContaining({
      failure: { kind: "badInput" },
      message: expect.stringContaining("must not import anything"),
    }),
  );
});

test.each([
  "// import x from 'y'\nexport default {};",
  "const text = \"import('x')\"; export { text as default };",
  "const a = { import: 1 }; a.import; export default a;",
  // The lexer takes this for a regular expression; it is two divisions and a call.
  "export default function () {} /import('file:///etc/passwd')/ g;",
])("checkImports() refuses the word alone, because a lexer can be misled: %j", (source) => {
  expect(() => checkImports(source)).toThrow('must not have the word "import"');
});

test("checkImports() refuses what is no module", () => {
  expect(() => checkImports("import {{{")).toThrow("is not a valid ES module");
});

test("checkImports() names the line and the text", () => {
  expect(() => checkImports('\n\nimport "./x.js";')).toThrow('line 3 has "import "./x.js""');
});

test("checkImports() refuses a module over 2 MiB", () => {
  expect(() => checkImports(`export default "${"x".repeat(2 * 1024 * 1024)}";`)).toThrow(
    "more than the 2097152 allowed",
  );
});
