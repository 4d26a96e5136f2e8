/**
 * A host that answers from a table, for the tests of this provider.
 *
 * @module
 */

import type { Host, HostRequest, HostResponse, ProviderErrorCode } from "../../sdk/mod.ts";

/** What `FakeHost.error` builds. */
export class FakeHostError extends Error {
  override readonly name = "FakeHostError";
  readonly code: ProviderErrorCode;

  constructor(code: ProviderErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

type Answer = Partial<HostResponse> | ((request: HostRequest) => Partial<HostResponse>);

/** Answers by path and query; 404 for what is not in the table. */
export class FakeHost implements Host {
  /** Paths in the order in which they were asked for. */
  readonly asked: string[] = [];
  readonly #answers: Map<string, Answer>;

  constructor(answers: Readonly<Record<string, Answer>>) {
    this.#answers = new Map(Object.entries(answers));
  }

  request(request: HostRequest): Promise<HostResponse> {
    const url = new URL(request.url);
    const path = url.pathname + url.search;
    this.asked.push(path);
    const answer = this.#answers.get(path) ?? json({ error: "not_found" }, 404);
    const given = typeof answer === "function" ? answer(request) : answer;
    return Promise.resolve({ status: 200, url: request.url, headers: {}, body: "", ...given });
  }

  set(path: string, answer: Answer): void {
    this.#answers.set(path, answer);
  }

  log(): void {}

  error(code: ProviderErrorCode, message: string): Error {
    return new FakeHostError(code, message);
  }
}

export function json(value: unknown, status = 200): Partial<HostResponse> {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(value),
  };
}

export function html(body = "<!doctype html><title>MyMiniFactory</title>", status = 200) {
  return { status, headers: { "content-type": "text/html; charset=UTF-8" }, body };
}

export function redirect(location: string, status = 302): Partial<HostResponse> {
  return { status, headers: { location } };
}

/** A fixture of this provider. */
export function fixture(name: string): unknown {
  return JSON.parse(Deno.readTextFileSync(new URL(`../fixtures/${name}.json`, import.meta.url)));
}
