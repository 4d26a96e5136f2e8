/** Somebody who signs in with a browser: goes where pages and redirects lead, and presses one button on each page. */
export class Visitor {
  readonly #connectTo: Readonly<Record<string, string>>;
  readonly #cookies = new Map<string, string>();
  /** Addresses that were visited, in order. */
  readonly visited: string[] = [];

  /** @param connectTo Real origins and the loopback ones that stand in for them. */
  constructor(connectTo: Readonly<Record<string, string>>) {
    this.#connectTo = connectTo;
  }

  /** Signs in at the address and allows or denies. Answers the text of the last page. */
  async signIn(address: string, allow = true): Promise<string> {
    let page = await this.#open(address);
    for (let pages = 0; pages < 3; pages++) {
      const action = /<form method="post" action="([^"]*)"/.exec(page.text)?.[1];
      if (action === undefined) break;
      const target = new URL(action.replaceAll("&#38;", "&"), page.url).href;
      page = await this.#open(target, new URLSearchParams({ allow: allow ? "1" : "0" }));
    }
    return page.text;
  }

  async #open(address: string, form?: URLSearchParams): Promise<{ url: string; text: string }> {
    this.visited.push(address);
    const url = new URL(address);
    const origin = this.#connectTo[url.origin] ?? url.origin;
    const cookie = this.#cookies.get(url.origin);
    const response = await fetch(origin + url.pathname + url.search, {
      redirect: "manual",
      headers: cookie === undefined ? {} : { cookie },
      ...(form ? { method: "POST", body: form } : {}),
    });
    const set = response.headers.get("set-cookie")?.split(";")[0];
    if (set !== undefined) this.#cookies.set(url.origin, set);
    const location = response.headers.get("location");
    const text = await response.text();
    if (location === null) return { url: address, text };
    const next = new URL(location, url);
    // A browser keeps the fragment to itself; the page's script hands it over.
    if (next.hash !== "") return await this.#handOver(next);
    return await this.#open(next.href);
  }

  async #handOver({ origin, pathname, hash }: URL): Promise<{ url: string; text: string }> {
    await this.#open(origin + pathname);
    const body = hash.slice(1);
    const { ok } = await fetch(origin + pathname, { method: "POST", body, headers: { origin } });
    return await this.#open(`${origin}/${ok ? "signed-in" : "not-signed-in"}`);
  }
}

/** A loopback port that nobody used a moment ago. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
