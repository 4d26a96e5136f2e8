import { type Auth, AuthServer } from "./auth/auth_server.ts";
import { FaultList, type Faults } from "./http/faults.ts";
import { listen } from "./http/listen.ts";
import type { Reply, Role, SiteRequest } from "./http/reply.ts";
import { type LoggedRequest, type RequestLog, RequestRecorder } from "./http/request_log.ts";
import { UrlSigner } from "./http/signed_url.ts";
import { settingsOf, type SimulatorOptions } from "./options.ts";
import { hashHex } from "./random.ts";
import { credentialsOf } from "./site/access.ts";
import { Contents } from "./site/contents.ts";
import { DataLibrary } from "./site/data_library.ts";
import type { Listing } from "./site/previews.ts";
import { type ReferenceFile, referenceFiles } from "./site/reference.ts";
import { answerSite } from "./site/site.ts";
import { answerImages, answerStorage, answerZips } from "./site/storage.ts";
import { type LinkTally, LinkThrottle } from "./site/throttle.ts";
import { SiteState, type World } from "./site/world.ts";

/** A running look-alike of MyMiniFactory on loopback. */
export interface Simulator {
  /** Real origin to loopback origin: `"https://www.myminifactory.com"` to `"http://127.0.0.1:4711"`. */
  readonly connectTo: Readonly<Record<string, string>>;
  /** Value of the `Cookie` header of the signed-in user. */
  readonly session: string;
  /** Bearer token of the signed-in user. */
  readonly token: string;
  /** API key, which opens metadata only. */
  readonly key: string;
  readonly requests: RequestLog;
  readonly world: World;
  readonly faults: Faults;
  readonly auth: Auth;
  /** How asking for download links went so far. */
  linkTally(): LinkTally;
  /** What an honest client must end with. */
  reference(): Iterable<ReferenceFile>;
  /** What `objectPreviews` holds now. */
  listing(): Listing;
  /** Makes contents ahead until the cache is full, so that a benchmark does not measure their making. */
  warm(): void;
  close(): Promise<void>;
}

/** What only the process around a simulator needs. */
export interface SimulatorHooks {
  /** Told about each request when it is over. */
  readonly onRequest?: (request: LoggedRequest) => void;
}

/**
 * Starts the simulator on free loopback ports, one for each host.
 *
 * @throws {RangeError} If an option is out of range.
 */
export async function startSimulator(
  options: SimulatorOptions = {},
  { onRequest }: SimulatorHooks = {},
): Promise<Simulator> {
  const settings = settingsOf(options);
  const { seed, now, leaseSeconds } = settings;
  const state = new SiteState(settings);
  const contents = new Contents(settings);
  const library = new DataLibrary(state);
  const credentials = credentialsOf(seed);
  const { accessSeconds, rotatesRefresh: rotates } = settings;
  const auth = new AuthServer({ seed, now, accessSeconds, rotates });
  const signer = new UrlSigner(hashHex(64, seed, "secret"), now, leaseSeconds);
  const throttle = new LinkThrottle(settings.quota, now);
  const faults = new FaultList();
  const log = new RequestRecorder(onRequest);

  const { tokens } = auth;
  const site = { state, library, credentials, tokens, signer, throttle };
  const storage = { state, contents, signer };
  const hosts: readonly (readonly [string, Role, (request: SiteRequest) => Reply])[] = [
    ["www", "www", (request) => answerSite(site, request)],
    ["auth", "auth", (request) => auth.answer(request)],
    ["dl4", "storage", (request) => answerStorage(storage, request)],
    ["dlcc", "storage", (request) => answerZips(storage, request)],
    ["dl", "images", (request) => answerImages(storage, request)],
    ["assets", "images", (request) => answerImages(storage, request)],
  ];
  const listening = await Promise.all(hosts.map(async ([name, role, answer]) => {
    const origin = `https://${name}.myminifactory.com`;
    const bytesPerSecond = role === "www" || role === "auth" ? Infinity : settings.bytesPerSecond;
    const host = await listen({ origin, role, answer, faults, log, now, bytesPerSecond });
    return { origin, host };
  }));

  return {
    connectTo: Object.fromEntries(listening.map(({ origin, host }) => [origin, host.origin])),
    ...credentials,
    requests: log,
    world: state,
    faults,
    auth,
    linkTally: () => throttle.tally,
    reference: () => referenceFiles(state, contents),
    listing: () => library.listing(),
    warm() {
      for (const file of referenceFiles(state, contents)) {
        if (!contents.hasRoom(file.size)) return;
        file.bytes();
      }
    },
    async close() {
      await Promise.all(listening.map(({ host }) => host.close()));
    },
  };
}
