import { type Bus, createBus, type Peer } from "./bus.ts";
import { type HostConfig, parseConfig } from "./config.ts";
import { startExtension } from "./extension_process.ts";
import { createGate } from "./gate.ts";
import { createGlobals } from "./globals.ts";
import { createNativeMethods, type WindowState } from "./native_methods.ts";
import { executeNative } from "./native_router.ts";
import { openResources, type Resources, typeOf } from "./resources.ts";
import { createTokens, type Tokens } from "./token.ts";

export interface HostOptions {
  /** Folder with `resources.neu`, or with `neutralino.config.json` and `resources/`. */
  readonly path: string;
  /** Instead of the one in `path`. */
  readonly config?: HostConfig;
  /** Milliseconds that an event takes; the real host's take 44. @default {0} */
  readonly eventDelay?: number;
  /** Answers the folder dialog: a path, or "" for cancelled. @default cancelled */
  readonly folderDialog?: (title: string) => Promise<string>;
  /** Hears what the system would show. */
  readonly onNotification?: (title: string, content: string) => void;
  /** Hears each native call that was let through. */
  readonly onCall?: (method: string) => void;
  /** Called by `app.exit`. @default the process ends */
  readonly onExit?: (code: number) => void;
}

/** A host whose window is any browser that opens `url`. */
export interface Host {
  readonly url: string;
  readonly port: number;
  readonly tokens: Tokens;
  readonly bus: Bus;
  readonly window: WindowState;
  /** What closing the window does: an event, or the end, as the configuration says. */
  closeWindow(): void;
  /** Closes all connections. Extensions are left alone; the real host does not even send a close frame. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Stands in for the Neutralinojs host (6.9.0) where its program cannot be had: same files, same socket, same native
 * methods and refusals, same start of extensions. It draws no window.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { path, eventDelay = 0, onCall, onExit = (code: number) => Deno.exit(code) } = options;
  const resources = openResources(path);
  const config = options.config ?? configIn(resources);
  const { title, hidden, exitProcessOnClose } = config.modes.window;
  const tokens = createTokens();
  const bus = createBus(eventDelay);
  const gate = createGate();
  const window: WindowState = { title, visible: !hidden, minimized: false, focused: 0 };
  const dialog = options.folderDialog ?? (() => Promise.resolve(""));
  const plain = createNativeMethods({
    bus,
    window,
    extensions: config.extensions,
    hasWindow: () => hadPage,
    showFolderDialog: (title) => gate.hold(() => dialog(title)),
    showNotification: (title, content) => options.onNotification?.(title, content),
    exit: onExit,
  });
  const methods = Object.fromEntries(
    Object.entries(plain).map(([name, method]) => [name, (data: unknown) => {
      onCall?.(name);
      return method(data);
    }]),
  );
  const sockets = new Set<WebSocket>();
  let hadPage = false;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, handle);
  const { port } = server.addr;
  const globals = createGlobals({ config, tokens, port, path, args: [] });

  async function handle(request: Request): Promise<Response> {
    await gate.pass();
    const url = new URL(request.url);
    if (request.headers.get("upgrade")?.toLowerCase() === "websocket") return connect(request, url);
    return serve(url.pathname);
  }

  function serve(encoded: string): Response {
    const pathname = decodeURIComponent(encoded);
    if (pathname.endsWith("__neutralino_globals.js")) return answer(pathname, globals());
    // The host takes whatever has no dot for a folder.
    const file = pathname.includes(".") ? pathname : `${pathname.replace(/\/$/, "")}/index.html`;
    return answer(file, resources.read(config.documentRoot + file));
  }

  function answer(file: string, body: string | Uint8Array<ArrayBuffer> | null): Response {
    return new Response(body, {
      status: body === null ? 404 : 200,
      headers: { "Content-Type": typeOf(file), ...config.serverHeaders },
    });
  }

  function connect(request: Request, { hostname, searchParams }: URL): Response {
    const id = searchParams.get("extensionId");
    const known = id === null || config.extensions.some((extension) => extension.id === id);
    const local = hostname === "localhost" || hostname === "127.0.0.1";
    if (!local || !known || searchParams.get("connectToken") !== tokens.connect) {
      return new Response(null, { status: 400 });
    }
    const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
    const peer: Peer = {
      send: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
    };
    socket.onopen = () => {
      sockets.add(socket);
      hadPage ||= id === null;
      bus.join(peer, id);
    };
    socket.onclose = () => {
      sockets.delete(socket);
      bus.leave(peer, id);
    };
    socket.onmessage = async ({ data }) => {
      await gate.pass();
      const said = await executeNative(String(data), tokens.access, config, methods);
      if (said !== null) peer.send(said);
    };
    return response;
  }

  if (config.enableExtensions) {
    await Promise.all(config.extensions.map((extension) =>
      startExtension(extension, path, {
        nlConnectToken: tokens.connect,
        nlExtensionId: extension.id,
        nlPort: String(port),
        nlToken: tokens.access,
      })
    ));
  }
  return {
    url: `http://127.0.0.1:${port}${config.url}`,
    port,
    tokens,
    bus,
    window,
    closeWindow() {
      if (exitProcessOnClose) onExit(0);
      else bus.toAll("windowClose", null);
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.close();
      await server.shutdown();
    },
  };
}

function configIn(resources: Resources): HostConfig {
  const bytes = resources.read("neutralino.config.json");
  if (!bytes) throw new Error("There is no neutralino.config.json");
  return parseConfig(new TextDecoder().decode(bytes));
}
