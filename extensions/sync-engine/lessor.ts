import type { Lessor } from "./downloads/fetch_job.ts";
import { classifyThrown } from "./platform/classify.ts";
import { SyncError } from "./platform/errors.ts";
import { allowsHost } from "./plugins/manifest.ts";
import type { ProviderClient } from "./plugins/provider_client.ts";
import type { DueJob } from "./store/jobs.ts";

/** Leases download addresses from the providers of a run, by id. */
export function lessorOf(clients: ReadonlyMap<string, ProviderClient>): Lessor {
  const clientOf = ({ provider }: DueJob): ProviderClient => {
    const client = clients.get(provider);
    if (!client) throw new SyncError("bug", `A job of "${provider}" runs without its provider`);
    return client;
  };
  return {
    async lease(job, signal) {
      const id = job.fileId.slice(job.asset.id.length + 1);
      try {
        return (await clientOf(job).downloadUrl({ id, ref: job.file.ref }, signal)).url;
      } catch (error) {
        const { kind, message } = classifyThrown(error);
        // What a provider must not do concerns this file; `permission` is what the disk says about all.
        throw kind === "permission" ? new SyncError("bug", message, { cause: error }) : error;
      }
    },
    allowsUrl: (job, url) => allowsHost(clientOf(job).manifest, url),
  };
}
