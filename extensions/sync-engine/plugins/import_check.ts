import { parse } from "es-module-lexer/js";
import { SyncError } from "../platform/errors.ts";

/** Bytes of UTF-8. */
const LARGEST_SOURCE = 2 * 1024 * 1024;

/**
 * Refuses a plugin that reaches for other modules. A worker without permissions may still load some
 * (`node:` built-ins, `data:` addresses), so none may be named at all: no import of any kind, no
 * re-export, no `import.meta`. Code made from strings, which could import too, is switched off where the plugin runs.
 *
 * @throws {SyncError} badInput: says what was found and in which line
 */
export function checkImports(source: string): void {
  const bytes = new TextEncoder().encode(source).length;
  if (bytes > LARGEST_SOURCE) {
    throw new SyncError(
      "badInput",
      `The plugin's module is ${bytes} bytes long, more than the ${LARGEST_SOURCE} allowed`,
    );
  }
  for (const found of imports(source)) {
    const line = source.slice(0, found.importStart).split("\n").length;
    const text = source.slice(found.importStart, found.importEnd).slice(0, 80);
    throw new SyncError(
      "badInput",
      `The plugin's module must not import anything, but line ${line} has "${text}": bundle it into one file`,
    );
  }
  // A lexer without a grammar can take a division for the start of a regular expression, and code behind it for its
  // text. The word alone is therefore refused too: it cannot be written with escapes (ECMA-262 §12.7.1).
  const word = /\bimport\b/.exec(source);
  if (!word) return;
  const line = source.slice(0, word.index).split("\n").length;
  throw new SyncError(
    "badInput",
    `The plugin's module must not have the word "import", not even in a text or comment, but line ${line} has it`,
  );
}

function imports(source: string) {
  try {
    return parse(source)[0];
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SyncError(
      "badInput",
      `The plugin's module is not a valid ES module: ${reason.slice(0, 200)}`,
      { cause },
    );
  }
}
