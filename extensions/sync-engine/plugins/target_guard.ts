import ipaddr from "ipaddr.js";
import { SyncError } from "../platform/errors.ts";
import { allowsHost, type Manifest } from "./manifest.ts";

/** Gives the addresses of a host name, as texts. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/**
 * Makes sure that a plugin's request goes to a site that its manifest names, and, where `resolve` is
 * given, that the name does not lead into the user's own network.
 *
 * @throws {SyncError} permission
 */
export async function guardTarget(
  manifest: Manifest,
  url: URL,
  resolve: Resolve | undefined,
): Promise<void> {
  const target = `${url.protocol}//${url.host}`.slice(0, 200);
  if (!allowsHost(manifest, url)) {
    throw new SyncError(
      "permission",
      `The plugin "${manifest.id}" must not reach ${target}: its manifest does not name it`,
    );
  }
  for (const address of await resolve?.(url.hostname) ?? []) {
    if (isPublicAddress(address)) continue;
    throw new SyncError(
      "permission",
      `The plugin "${manifest.id}" must not reach ${target}: it leads to ${address.slice(0, 50)}`,
    );
  }
}

/** Whether an IP address belongs to the internet: not loopback, private, link-local or otherwise special. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "rfc6052") return parsed.range() === "unicast";
  // NAT64: the last four bytes are the IPv4 address that is reached.
  return ipaddr.fromByteArray(parsed.toByteArray().slice(12)).range() === "unicast";
}
