import type { SyncError } from "../platform/errors.ts";
import type { Clock } from "../platform/ports.ts";
import type { DueJob } from "../store/jobs.ts";
import type { Store } from "../store/store.ts";

/**
 * Writes down that a job is to be tried again; its provider is left alone meanwhile where the site asked for it.
 *
 * @param attempts Failed ones, with this one.
 * @param retryAt Milliseconds since the Unix epoch.
 */
export function retryLater(
  store: Store,
  { fileId, provider, attempts: before }: DueJob,
  { failure, message }: SyncError,
  attempts: number,
  retryAt: number,
): void {
  store.transaction(() => {
    if (attempts <= before) store.jobs.forgetAttempts(fileId);
    store.jobs.retryLater(fileId, retryAt, failure.kind, message);
    if (failure.kind === "throttled" || failure.kind === "challenged") {
      store.pauses.set({ provider, scope: "downloads", until: retryAt, reason: failure.kind });
    }
  });
}

/** Writes down that a job is set aside until the user asks for another try. */
export function giveUp(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  job: DueJob,
  { kind, message }: SyncError,
): void {
  store.transaction(() => {
    store.jobs.fail(job.fileId, kind, message);
    store.history.append({
      at: clock.now(),
      provider: job.provider,
      fileId: job.fileId,
      title: job.asset.title,
      name: job.file.name,
      outcome: "failed",
      bytes: 0,
      reason: kind,
      message,
    });
  });
}
