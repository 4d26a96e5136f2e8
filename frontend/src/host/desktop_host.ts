import * as v from "valibot";
import * as neutralino from "@neutralinojs/lib/dist/neutralino.mjs";
import { type Channel, connectByChannel } from "../bridge/channel.ts";
import type { Connect } from "../bridge/transport.ts";
import { connectByWebSocket } from "../bridge/web_socket.ts";
import type { Host } from "./host.ts";

/** Id of the engine in neutralino.config.json. */
const ENGINE = "mmfsync.engine";

/** Milliseconds that the engine has to say where its socket is. */
const WELCOME_DEADLINE = 5_000;

const UnavailableSchema = v.object({ error: v.object({ message: v.string() }) });
const WelcomeSchema = v.object({ nonce: v.string(), url: v.string(), token: v.string() });

/** The desktop window. */
export function createDesktopHost(): Host {
  neutralino.init();
  const channel = createChannel();
  return {
    kind: "desktop",
    connect: preferSocket(
      connectByWebSocket(() => askForSocket(channel)),
      connectByChannel(channel),
    ),
    pickFolder: async (title, start) =>
      await neutralino.os.showFolderDialog(title, { defaultPath: start }) || null,
    openLink: null,
    notifications: {
      permission: () => "granted",
      ask: () => Promise.resolve(true),
      show: (title, text) => void neutralino.os.showNotification(title, text).catch(() => {}),
    },
    door: null,
    closing: (hear) => void channel.on("windowClose", hear),
    unavailable: (hear) =>
      void channel.on("unavailable", (data) => {
        const parsed = v.safeParse(UnavailableSchema, data);
        if (parsed.success) hear(parsed.output.error.message);
      }),
    leave: () => neutralino.app.exit(0),
  };
}

function createChannel(): Channel {
  return {
    dispatch: async (event, data) => {
      await neutralino.extensions.dispatch(ENGINE, event, data);
    },
    on(event, hear) {
      const handler = ({ detail }: CustomEvent) => hear(detail);
      void neutralino.events.on(event, handler);
      return () => void neutralino.events.off(event, handler);
    },
  };
}

/** Asks the engine for its socket: a strong token for one connection. */
async function askForSocket(channel: Channel) {
  const nonce = crypto.randomUUID();
  const welcome = Promise.withResolvers<v.InferOutput<typeof WelcomeSchema>>();
  const timer = setTimeout(() => welcome.reject(new Error("No welcome")), WELCOME_DEADLINE);
  const unhear = channel.on("welcome", (data) => {
    const parsed = v.safeParse(WelcomeSchema, data);
    if (parsed.success && parsed.output.nonce === nonce) welcome.resolve(parsed.output);
  });
  try {
    await channel.dispatch("hello", { nonce });
    const { url, token } = await welcome.promise;
    return { url, protocols: ["mmfsync", `token.${token}`] };
  } finally {
    clearTimeout(timer);
    unhear();
  }
}

/** After a socket that never opened the next try goes through the channel, and so on in turns. */
function preferSocket(socket: Connect, channel: Connect): Connect {
  let failures = 0;
  return (events) => {
    const bySocket = failures % 2 === 0;
    let opened = false;
    return (bySocket ? socket : channel)({
      ...events,
      onOpen() {
        opened = true;
        failures = bySocket ? 0 : failures;
        events.onOpen();
      },
      onClose(reason) {
        if (!opened) failures++;
        events.onClose(reason === "refused" ? "lost" : reason);
      },
    });
  };
}
