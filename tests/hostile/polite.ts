import { expect } from "vitest";
import { hintFor, isFailureKind } from "../../extensions/sync-engine/platform/errors.ts";
import type { FrameError } from "../../extensions/sync-engine/protocol.ts";
import type { LoggedRequest } from "../../providers/mmf/simulator/mod.ts";
import type { World } from "./world.ts";

export const WWW = "https://www.myminifactory.com";

/** Most requests for one file in one sync. */
const MOST_ATTEMPTS = 5;

/** Tries of one attempt at the site itself, while it has a hiccup. */
const MOST_TRIES = 3;

/** Options for {@linkcode expectPolite}. */
export interface PoliteOptions {
  /** Syncs that were run. @default {1} */
  readonly syncs?: number;
  /** Requests that one attempt at a file may take, more than one where it is redirected. @default {1} */
  readonly requestsPerAttempt?: number;
}

/**
 * Proves that the engine kept its manners, whatever the site did: it spoke to the provider's hosts only,
 * over https and by GET; credentials went to the site itself and nowhere else; no file was asked for
 * again and again; what it told the user are sentences without secrets.
 */
export function expectPolite(
  world: World,
  { syncs = 1, requestsPerAttempt = 1 }: PoliteOptions = {},
): void {
  const { simulator: { requests, session }, profile, sent } = world;
  for (const { url, method, headers } of sent) {
    const { protocol, hostname, port, username } = new URL(url);
    expect(protocol).toBe("https:");
    expect(hostname).toMatch(/(^|\.)myminifactory\.com$/);
    expect([port, username, method]).toEqual(["", "", "GET"]);
    if (new URL(url).origin === WWW && headers["range"] === undefined) continue;
    const text = JSON.stringify({ url, headers }).toLowerCase();
    expect(text).not.toMatch(/"(cookie|authorization)"/);
    expect(text).not.toContain(session.toLowerCase());
  }
  const byFile = Map.groupBy(
    requests.all().filter(({ origin }) => origin !== WWW),
    ({ origin, path }) => origin + path.split("?")[0],
  );
  for (const [file, asked] of byFile) {
    expect(asked.length, file).toBeLessThanOrEqual(MOST_ATTEMPTS * syncs * requestsPerAttempt);
  }
  const byLink = Map.groupBy(links(world), ({ path }) => path);
  for (const [link, asked] of byLink) {
    expect(asked.length, link).toBeLessThanOrEqual(MOST_ATTEMPTS * MOST_TRIES * syncs);
  }
  for (const heard of profile.heard) {
    if (heard.event === "fileFailed") expectSentence(heard.data.error);
  }
}

/** Requests for download addresses. */
export function links({ simulator }: Pick<World, "simulator">): LoggedRequest[] {
  return simulator.requests.to(WWW).filter(({ path }) => path.startsWith("/download/"));
}

/** Proves that an error is for people: a sentence without the machine's jargon, and what to do. */
export function expectSentence({ code, message, hint }: FrameError): void {
  // A host stays in small letters.
  expect(message).toMatch(/^([A-Z0-9"]|[a-z0-9]+\.myminifactory\.com )[^\n]{8,300}[^.\s]$/);
  expect(message).not.toMatch(
    /undefined|\[object|NaN|TypeError|SyntaxError|Error:|ENO|\bat \w+\.|\.ts\b|X-Amz|PHPSESSID|https?:\/\/[^\s/]+\/\S/,
  );
  expect(hint).toBe(isFailureKind(code) ? hintFor(code) : undefined);
}

/** What was told about the failures of one file, in order. */
export function failuresOf({ profile }: World, fileId: string): FrameError[] {
  return profile.heard.flatMap((heard) =>
    heard.event === "fileFailed" && heard.data.fileId === fileId ? [heard.data.error] : []
  );
}
