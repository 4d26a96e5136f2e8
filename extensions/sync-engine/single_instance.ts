import type { Clock } from "./platform/ports.ts";
import { classifyThrown } from "./platform/classify.ts";
import { type LockHolder, lockHolder, lockProfile, type ProfileLock } from "./store/lock.ts";

/** Milliseconds that another instance has to answer, or to end, before this one gives way all the same. */
const PATIENCE_MS = 5_000;
const RETRY_MS = 250;

/** What {@linkcode claimInstance} needs. */
export interface InstanceOptions {
  /** Folder of the claim, only for this user to read. */
  readonly dir: string;
  readonly clock: Clock;
  /** Another instance was started: this one is to come to the front. */
  readonly onShow: () => void;
}

/** The right to be the only instance. */
export interface Instance extends AsyncDisposable {}

/**
 * Makes this the only instance for a user's folder. Where there is one already, that one is told to show itself.
 *
 * @returns null when another one is there.
 */
export async function claimInstance(options: InstanceOptions): Promise<Instance | null> {
  const { dir, clock, onShow } = options;
  Deno.mkdirSync(dir, { recursive: true, mode: 0o700 });
  const until = clock.monotonic() + PATIENCE_MS;
  do {
    const lock = tryLock(dir, clock);
    if (lock) return listen(lock, () => lockHolder(dir, { clock })?.token ?? null, onShow);
    // It may just be starting, or ending.
    if (await tell(lockHolder(dir, { clock }))) return null;
    await clock.sleep(RETRY_MS);
  } while (clock.monotonic() < until);
  return null;
}

function tryLock(dir: string, clock: Clock): ProfileLock | null {
  try {
    return lockProfile(dir, { clock });
  } catch (error) {
    const failure = classifyThrown(error);
    if (failure.kind === "badInput") return null;
    throw failure;
  }
}

/** Takes the word of whoever can read the claim. */
function listen(lock: ProfileLock, token: () => string | null, onShow: () => void): Instance {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const given = request.headers.get("authorization");
    if (request.method !== "POST" || given !== `Bearer ${token()}`) {
      return new Response(null, { status: 403 });
    }
    onShow();
    return new Response(null, { status: 204 });
  });
  lock.setPort(server.addr.port);
  return {
    async [Symbol.asyncDispose]() {
      lock.release();
      await server.shutdown();
    },
  };
}

async function tell(holder: LockHolder | null): Promise<boolean> {
  if (holder?.port === undefined) return false;
  try {
    const { ok } = await fetch(`http://127.0.0.1:${holder.port}/show`, {
      method: "POST",
      headers: { authorization: `Bearer ${holder.token}` },
      signal: AbortSignal.timeout(2_000),
    });
    return ok;
  } catch {
    return false;
  }
}
