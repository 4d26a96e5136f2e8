import { afterEach, beforeEach, expect, test } from "vitest";
import { createHttp } from "../../extensions/sync-engine/platform/http.ts";
import { type Simulator, startSimulator } from "../../providers/mmf/simulator/mod.ts";
import { type DeafPort, listenDeaf } from "../support/deaf_port.ts";
import { openTestProfile, type TestProfile } from "../support/profile.ts";

/** Where a request gets no further. */
type Hang = "connection" | "handshake" | "answer" | "body" | "address";

const HANGS: readonly Hang[] = ["connection", "handshake", "answer", "body", "address"];

const STORAGE = "https://dl4.myminifactory.com";
const ALL = { offset: 0, limit: 100 } as const;

let site: Simulator;
let profile: TestProfile;
let silence: Silence;
let deaf: DeafPort;
/** Requests that were sent to where they hang. */
let sent: number;
/** What hangs from now on. */
let hang: Hang | null = null;

beforeEach(async () => {
  hang = null;
  sent = 0;
  site = await startSimulator({ objects: 10, filesPerObject: 1, images: 0, oddities: false });
  silence = listenInSilence();
  deaf = await listenDeaf();
  const network = createHttp({ userAgent: "mmfsync/test", connectTo: site.connectTo });
  profile = await openTestProfile(site, {
    http: { send: (request) => network.send({ ...request, url: diverted(request.url) }) },
  });
  await profile.engine.sync({ fetch: false });
});

afterEach(async () => {
  await profile[Symbol.asyncDispose]();
  silence.close();
  deaf.close();
  await site.close();
});

/** Takes connections, and says nothing at all, or begins an answer. */
interface Silence {
  readonly port: number;
  close(): void;
}

function listenInSilence(): Silence {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open: Deno.Conn[] = [];
  const head = "HTTP/1.1 206 Partial Content\r\ncontent-range: bytes 0-999999/1000000\r\n" +
    'content-length: 1000000\r\netag: "v1"\r\n\r\nThe beginning';
  const serve = async (connection: Deno.Conn) => {
    const asked = new Uint8Array(16_384);
    await connection.read(asked);
    if (hang === "body") await connection.write(new TextEncoder().encode(head));
  };
  void (async () => {
    for await (const connection of listener) {
      open.push(connection);
      serve(connection).catch(() => {}); // The client goes away.
    }
  })();
  return {
    port: listener.addr.port,
    close() {
      listener.close();
      for (const connection of open) connection.close();
    },
  };
}

function diverted(url: string): string {
  const isStorage = url.startsWith(STORAGE);
  if (hang === null || isStorage === (hang === "address")) return url;
  if (hang === "address" && !url.includes("/download/")) return url;
  sent++;
  const { port } = hang === "connection" ? deaf : silence;
  return `${hang === "handshake" ? "https" : "http"}://127.0.0.1:${port}/`;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Begins a sync, and waits until its requests hang. */
async function begin(where: Hang): Promise<void> {
  hang = where;
  profile.engine.startSync({ scan: false });
  await until(() => sent > 0);
  await new Promise((resolve) => setTimeout(resolve, 100));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

const idle = () => until(() => profile.engine.status().busy === null);

test.each<Hang>(HANGS)(
  "a queue is held within a second while its %s hangs",
  async (where) => {
    await begin(where);
    const took = await timed(async () => {
      profile.engine.queue.pause({});
      await idle();
    });
    expect(took).toBeLessThan(1_000);
    expect(profile.engine.status().queue).toMatchObject({ running: 0, failed: 0 });
  },
);

test.each<Hang>(HANGS)(
  "downloads are cancelled within a second while their %s hangs",
  async (where) => {
    await begin(where);
    const took = await timed(async () => {
      await profile.engine.queue.cancel({});
      await idle();
    });
    expect(took).toBeLessThan(1_000);
    expect(profile.engine.queue.list(ALL).total).toBe(0);
  },
);
