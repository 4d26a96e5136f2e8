import { FakeClock } from "../../platform/testing/fake_clock.ts";
import { openStore, type Store } from "../store.ts";

/** A store in a directory of its own, which vanishes with it at the end of the block. */
export interface TempStore extends Disposable {
  readonly store: Store;
  readonly clock: FakeClock;
  readonly dir: string;
}

export function tempStore(): TempStore {
  const dir = Deno.makeTempDirSync();
  const clock = new FakeClock(1_000);
  const store = openStore({ dir, clock });
  return {
    store,
    clock,
    dir,
    [Symbol.dispose]() {
      store.close();
      Deno.removeSync(dir, { recursive: true });
    },
  };
}
