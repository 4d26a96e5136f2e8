import { lookup } from "node:dns/promises";

/** The addresses that a host name has for this machine, none when it has none or nobody could be asked. */
export async function resolveHost(host: string): Promise<string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    // Behind a proxy names may be known to the proxy alone. A name without an address reaches nothing anyway.
    return [];
  }
}
