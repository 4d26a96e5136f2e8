import { classifyThrown } from "../platform/classify.ts";
import type { Clock, Http, Log } from "../platform/ports.ts";
import type { Manifest } from "../plugins/manifest.ts";
import { createPacer } from "../plugins/pacer.ts";
import type { Resolve } from "../plugins/target_guard.ts";
import { fetchImage } from "./fetch_image.ts";
import { createSlots } from "./slots.ts";

const AT_ONCE = 2;
const MINUTE = 60_000;

/** A picture that is not there, or is none, is not asked for again so soon. */
const REFUSED_FOR_MS = 6 * 60 * MINUTE;
const HICCUP_FOR_MS = 5 * MINUTE;

/** So many hiccups in a row are the site's or the network's, not the pictures'. */
const HICCUPS = 3;
const REST_MS = 30_000;

/** Addresses that are remembered as failed. */
const MOST_REMEMBERED = 10_000;

export interface ImageSitePorts {
  readonly http: Http;
  readonly clock: Clock;
  readonly log: Log;
  readonly resolve?: Resolve | undefined;
}

/** The public pictures of one provider's site, asked for politely. */
export interface ImageSite {
  /**
   * The picture's bytes; null when it cannot be had now: it failed lately, or the site rests.
   *
   * @throws {SyncError} `cancelled`
   */
  get(url: string, signal: AbortSignal): Promise<Uint8Array | null>;
}

/**
 * Two pictures at a time at the manifest's pace. What fails is left alone for a while, and when the site asks for a
 * pause, or seems to be down, so is everything else.
 */
export function createImageSite(
  { http, clock, log, resolve }: ImageSitePorts,
  manifest: Manifest,
): ImageSite {
  const pacer = createPacer({ clock, ...manifest.rate });
  const slots = createSlots(AT_ONCE);
  /** Milliseconds since the Unix epoch until which an address is left alone, oldest first. */
  const failed = new Map<string, number>();
  let hiccups = 0;

  function isResting(url: string): boolean {
    const now = clock.now();
    return pacer.pausedUntil > now || (failed.get(url) ?? 0) > now;
  }

  function leaveAlone(url: string, ms: number) {
    failed.delete(url);
    failed.set(url, clock.now() + ms);
    for (const oldest of failed.keys()) {
      if (failed.size <= MOST_REMEMBERED) break;
      failed.delete(oldest);
    }
  }

  function remember(url: string, error: unknown) {
    const { failure, message } = classifyThrown(error);
    log.debug("A picture could not be fetched", { plugin: manifest.id, reason: message });
    switch (failure.kind) {
      case "throttled":
      case "challenged":
        return pacer.pauseUntil(clock.now() + failure.after);
      case "retryable":
        if (++hiccups >= HICCUPS) pacer.pauseUntil(clock.now() + REST_MS);
        return leaveAlone(url, Math.max(HICCUP_FOR_MS, failure.after ?? 0));
      default:
        hiccups = 0;
        return leaveAlone(url, REFUSED_FOR_MS);
    }
  }

  return {
    async get(url, signal) {
      if (isResting(url)) return null;
      return await slots.run(async () => {
        // Whoever was in front may have met a closed door.
        if (isResting(url)) return null;
        try {
          const bytes = await fetchImage({ http, clock, pacer, resolve }, manifest, url, signal);
          hiccups = 0;
          return bytes;
        } catch (error) {
          if (signal.aborted) throw classifyThrown(signal.reason);
          remember(url, error);
          return null;
        }
      }, signal);
    },
  };
}
