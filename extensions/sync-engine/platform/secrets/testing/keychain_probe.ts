/**
 * Runs the contract against the real keychain of the session that it is started in, and prints what
 * came of it as JSON. A process of its own, because a D-Bus session begins with a process.
 *
 * @module
 */
import { findCredentialsAsync } from "@napi-rs/keyring";
import { openSecrets } from "../open_secrets.ts";
import { SECRETS_CONTRACT } from "./secrets_contract.ts";

const namespace = Deno.args[0] ?? "test";

let longestGap = 0;
let last = performance.now();
const heartbeat = setInterval(() => {
  const now = performance.now();
  longestGap = Math.max(longestGap, now - last);
  last = now;
}, 1);

const failed: string[] = [];
let opened: string;
let entries: string[] = [];
try {
  const secrets = await openSecrets({ dir: "/nowhere", namespace });
  opened = "keychain";
  // Loading the native module is over; from here on only its calls count.
  longestGap = 0;
  for (const { name, run } of SECRETS_CONTRACT) {
    await run(secrets).catch((error) => failed.push(`${name}: ${error}`));
  }
  await secrets.set("mmf", "token", "kept");
  const service = `MyMiniFactory Sync (${namespace})`;
  entries = (await findCredentialsAsync(service)).map((one) => one.account);
  await secrets.delete("mmf", "token");
} catch (error) {
  opened = String(error);
}
clearInterval(heartbeat);
await Deno.stdout.write(
  new TextEncoder().encode(
    JSON.stringify({ opened, ran: SECRETS_CONTRACT.length, failed, entries, longestGap }),
  ),
);
