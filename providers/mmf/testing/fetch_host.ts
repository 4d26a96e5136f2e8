/**
 * A host over plain fetch: hosts are mapped to loopback, nothing is paced or retried.
 *
 * @module
 */

import type { Host, HostRequest, HostResponse, ProviderErrorCode } from "../../sdk/mod.ts";
import { FakeHostError } from "./fake_host.ts";

const WWW = "https://www.myminifactory.com";

export class FetchHost implements Host {
  readonly #connectTo: Readonly<Record<string, string>>;
  readonly #credential: Readonly<Record<string, string>>;

  /** `connectTo` maps real origins to loopback ones; `credential` is sent to the site alone. */
  constructor(
    connectTo: Readonly<Record<string, string>>,
    credential: Readonly<Record<string, string>>,
  ) {
    this.#connectTo = connectTo;
    this.#credential = credential;
  }

  async request(request: HostRequest): Promise<HostResponse> {
    let url = new URL(request.url);
    for (let hop = 0; hop < 5; hop++) {
      const response = await this.get(url, request.headers);
      const location = response.headers.get("location");
      if (location === null || request.redirect === "manual") {
        return {
          status: response.status,
          url: url.href,
          headers: Object.fromEntries(response.headers),
          body: await response.text(),
        };
      }
      await response.body?.cancel();
      url = new URL(location, url);
    }
    throw this.error("retryable", `Too many redirects from ${request.url}`);
  }

  /** One request to where the address is mapped to. */
  get(url: URL, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const origin = this.#connectTo[url.origin];
    if (origin === undefined) throw this.error("badResponse", `Nothing listens for ${url.origin}`);
    return fetch(origin + url.pathname + url.search, {
      headers: { ...headers, ...(url.origin === WWW ? this.#credential : {}) },
      redirect: "manual",
    });
  }

  log(): void {}

  error(code: ProviderErrorCode, message: string): Error {
    return new FakeHostError(code, message);
  }
}
