/** How many rows are held in memory at a time. */
const BATCH = 500;

/**
 * Yields rows batch by batch, so that the caller may change the tables while it walks: no statement stays
 * open in between.
 *
 * @param read Returns up to `limit` rows that come after `last`, which is undefined at first.
 */
export function* inBatches<T>(read: (last: T | undefined, limit: number) => T[]): Generator<T> {
  let last: T | undefined;
  for (;;) {
    const batch = read(last, BATCH);
    yield* batch;
    if (batch.length < BATCH) return;
    last = batch.at(-1);
  }
}
