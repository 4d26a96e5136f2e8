import fc from "fast-check";
import type { Trouble } from "./paced_server.ts";

/**
 * What may go wrong with one answer.
 *
 * @param most Bytes after which it does so at the latest.
 * @param calm How much more often nothing does than any one kind.
 */
export function anyTrouble(most: number, calm: number): fc.Arbitrary<Trouble> {
  const size = fc.integer({ min: 0, max: most });
  return fc.oneof(
    { weight: calm, arbitrary: fc.constant({}) },
    fc.record({ breakAfter: size }),
    fc.record({ endAfter: size }),
    fc.record({ stallAfter: size }),
    fc.record({ status: fc.constantFrom(403, 429, 500, 503, 404, 416) }),
    fc.record({ shift: fc.integer({ min: 1, max: 9 }) }),
    fc.constant({ ignoresRange: true }),
    fc.constant({ etag: '"v2"' }),
  );
}
