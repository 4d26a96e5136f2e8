import { join } from "node:path";

/** A running nginx on loopback. */
export interface Nginx {
  readonly origin: string;
  /** The same files, at 5 MB/s for each connection. */
  readonly slowOrigin: string;
  stop(): Promise<void>;
}

/** Serves the files below `root` from one nginx with its usual settings for static files. */
export async function startNginx(program: string, root: string): Promise<Nginx> {
  const dir = await Deno.makeTempDir({ prefix: "mmfsync-nginx-" });
  const port = freePort();
  const config = join(dir, "nginx.conf");
  await Deno.writeTextFile(
    config,
    `
    daemon off;
    user root;
    worker_processes 1;
    pid ${dir}/nginx.pid;
    error_log ${dir}/error.log;
    events { worker_connections 256; }
    http {
      access_log off;
      sendfile on;
      tcp_nopush on;
      keepalive_requests 100000;
      types { application/octet-stream bin; }
      server {
        listen 127.0.0.1:${port};
        root ${root};
        location /slow/ { alias ${root}/; limit_rate 5000000; }
      }
    }`,
  );
  const child = new Deno.Command(program, { args: ["-c", config], stderr: "null" }).spawn();
  const origin = `http://127.0.0.1:${port}`;
  await untilUp(origin);
  return {
    origin,
    slowOrigin: `${origin}/slow`,
    async stop() {
      child.kill("SIGTERM");
      await child.status;
      await Deno.remove(dir, { recursive: true });
    },
  };
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

async function untilUp(origin: string): Promise<void> {
  for (let i = 0; i < 100; i++) {
    try {
      await (await fetch(origin)).body?.cancel();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`nginx does not answer at ${origin}`);
}
