import type { Connection } from "./downloads/connection.ts";
import { classifyThrown } from "./platform/classify.ts";
import type { Clock } from "./platform/ports.ts";
import type { ProviderClient } from "./plugins/provider_client.ts";

/** Lists that were begun longer ago are not gone on with: 24 hours. */
export const LONGEST_OUTAGE_MS = 24 * 3_600_000;

/** What {@linkcode patient} needs. */
export interface PatientPorts {
  readonly clock: Pick<Clock, "monotonic">;
  readonly connection: Connection;
}

/**
 * The same provider, whose lists and details wait for the network: a page or a model that was not answered without one
 * is asked for again when there may be one, and what was answered is not.
 *
 * @param longestMs Longest time in milliseconds that one question waits before it fails after all.
 */
export function patient(
  client: ProviderClient,
  { clock, connection }: PatientPorts,
  longestMs = LONGEST_OUTAGE_MS,
): ProviderClient {
  async function throughOutages<T>(
    signal: AbortSignal | undefined,
    ask: () => Promise<T>,
  ): Promise<T> {
    let lostAt: number | null = null;
    for (;;) {
      await connection.turn(signal);
      try {
        return await ask();
      } catch (error) {
        const isOutage = connection.isOffline && classifyThrown(error).kind === "retryable";
        lostAt ??= clock.monotonic();
        if (!isOutage || clock.monotonic() - lostAt >= longestMs) throw error;
      }
    }
  }

  return {
    ...client,
    libraryPage: (cursor, signal) =>
      throughOutages(signal, () => client.libraryPage(cursor, signal)),
    fileMeta: (asset, signal) => throughOutages(signal, () => client.fileMeta(asset, signal)),
  };
}
