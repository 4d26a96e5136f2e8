import type { Simulator } from "../mod.ts";
import { startSimulator } from "../mod.ts";
import type { SimulatorOptions } from "../options.ts";

/** A plain client of a simulator that is closed at the end of the scope. */
export interface Client extends AsyncDisposable {
  readonly simulator: Simulator;
  /** Sends a GET to a real address with these headers, by default the session; redirects are handed back. */
  get(url: string, headers?: Record<string, string>, init?: RequestInit): Promise<Response>;
  /** The value at this address. */
  json(url: string, headers?: Record<string, string>): Promise<unknown>;
  /** A signed storage address of the first archive or part that is an ordinary one. */
  lease(objectId?: number): Promise<{ url: string; bytes: Uint8Array }>;
}

/** Starts a simulator for a test. */
export async function startClient(options: SimulatorOptions = {}): Promise<Client> {
  const simulator = await startSimulator({ objects: 30, oddities: false, ...options });
  const get: Client["get"] = (address, headers = { cookie: simulator.session }, init = {}) => {
    const url = new URL(address, "https://www.myminifactory.com");
    const origin = simulator.connectTo[url.origin];
    if (origin === undefined) throw new Error(`Nothing simulates ${url.origin}`);
    return fetch(origin + url.pathname + url.search, { redirect: "manual", ...init, headers });
  };
  return {
    simulator,
    get,
    json: async (url, headers) => (await get(url, headers)).json(),
    async lease(objectId = simulator.world.downloadableIds()[0]) {
      const file = [...simulator.reference()].find((file) => file.objectId === objectId);
      if (!file || objectId === undefined) throw new Error("Nothing to download");
      const list = await (await get(
        `/api/data-library/myObjects/object-${objectId}/downloadables`,
      )).json();
      const [archive] = list.archives;
      const query = archive ? `archive_id=${archive.id}` : `downloadfile=${list.parts[0].id}`;
      const answer = await get(`/download/${objectId}?${query}`);
      await answer.body?.cancel();
      const url = answer.headers.get("location");
      if (url === null) throw new Error(`No link, but ${answer.status}`);
      return { url, bytes: file.bytes() };
    },
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}
