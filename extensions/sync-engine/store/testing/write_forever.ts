/** Adds 50 assets at a time to the store in the directory named by its argument, and says how many there are. */
import { systemClock } from "../../platform/clock.ts";
import { openStore } from "../store.ts";
import { makeAsset } from "./make_assets.ts";

const store = openStore({ dir: Deno.args[0] ?? "", clock: systemClock });
for (let n = 50;; n += 50) {
  store.assets.upsertMany(Array.from({ length: 50 }, (_, i) => makeAsset(n + i)), 1);
  Deno.stdout.writeSync(new TextEncoder().encode(`${n}\n`));
}
