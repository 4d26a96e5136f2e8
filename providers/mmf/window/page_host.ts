import type { Host, HostResponse, ProviderErrorCode } from "../../sdk/mod.ts";

/** Milliseconds between two requests of the window: less than a person who clicks through the library makes. */
export const PAUSE_MS = 1500;

/** What the site refused, in the words of the provider. */
export class SiteRefusal extends Error {
  override readonly name = "SiteRefusal";
  readonly code: ProviderErrorCode;

  constructor(code: ProviderErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** An answer of the site as it came. */
export interface KeptAnswer {
  readonly url: string;
  readonly text: string;
}

/** What {@linkcode createPageHost} needs. */
export interface PageHostPorts {
  /** Asks the site for a path, as the page that is open. */
  readonly get: (path: string) => Promise<HostResponse>;
  readonly sleep: (ms: number) => Promise<void>;
  /** Told before each request how many came before it. */
  readonly onRequest: (before: number) => void;
}

/**
 * What the provider asks, asked by the page in which the user is signed in: same origin, one after the other, with pauses,
 * nothing twice. Good answers are kept as they came.
 */
export function createPageHost(
  { get, sleep, onRequest }: PageHostPorts,
): { readonly host: Host; readonly answers: readonly KeptAnswer[] } {
  const answers: KeptAnswer[] = [];
  let count = 0;
  const host: Host = {
    async request({ url }) {
      onRequest(count);
      if (count++ > 0) await sleep(PAUSE_MS);
      const { pathname, search } = new URL(url);
      const response = await get(pathname + search);
      if (response.status === 200) answers.push({ url, text: response.body });
      return response;
    },
    log() {},
    error: (code, message) => new SiteRefusal(code, message),
  };
  return { host, answers };
}
