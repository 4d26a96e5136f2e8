import type { Connect } from "./transport.ts";

/** Close codes of the engine's server that mean "not without a new launch link". */
const REFUSED = new Set([4401, 4403]);

/**
 * Connects by WebSocket.
 *
 * @param address Where and with which subprotocols, asked for anew at each try; null: not to be had.
 */
export function connectByWebSocket(
  address: () => Promise<{ readonly url: string; readonly protocols: string[] } | null>,
): Connect {
  return ({ onOpen, onFrame, onClose }) => {
    let socket: WebSocket | null = null;
    let ended = false;
    const end = (reason: "lost" | "refused") => {
      if (ended) return;
      ended = true;
      onClose(reason);
    };
    address().then((found) => {
      if (ended) return;
      if (!found) return end("refused");
      socket = new WebSocket(found.url, found.protocols);
      socket.onopen = () => ended || onOpen();
      socket.onmessage = ({ data }) => ended || typeof data !== "string" || onFrame(data);
      socket.onclose = ({ code }) => end(REFUSED.has(code) ? "refused" : "lost");
    }, () => end("lost"));
    return {
      send: (frame) => socket?.send(frame),
      close() {
        ended = true;
        socket?.close();
      },
    };
  };
}
