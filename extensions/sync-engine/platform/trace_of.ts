/** Innermost calls that are told. */
const CALLS = 6;

/** As in `at name (file:///folder/module.ts:12:3)`, with or without a name. */
const CALL = /^\s*at (?:async )?(?:(.+) \()?(?:.*[/\\])?([^/\\()\s]+:\d+:\d+)\)?$/;

/**
 * Where something was thrown first, innermost call first: `name module.ts:12:3, …`. Without folders, because they may
 * say who somebody is, and without the message. Empty where nobody knows.
 */
export function traceOf(thrown: unknown): string {
  let innermost = thrown;
  for (let depth = 0; depth < 10 && innermost instanceof Error; depth++) {
    if (!(innermost.cause instanceof Error)) break;
    innermost = innermost.cause;
  }
  const stack = innermost instanceof Error ? innermost.stack ?? "" : "";
  return stack.split("\n").flatMap((line) => {
    const [found, name, place] = CALL.exec(line) ?? [];
    return found === undefined ? [] : [name === undefined ? place : `${name} ${place}`];
  }).slice(0, CALLS).join(", ");
}
