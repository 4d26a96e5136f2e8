import * as v from "valibot";
import { connectByWebSocket } from "../bridge/web_socket.ts";
import type { Door, Host } from "./host.ts";
import { browserNotifications } from "./notifications.ts";

const SessionSchema = v.object({ state: v.picklist(["open", "token", "password"]) });

/** A browser that shows what `mmfsync serve` serves. */
export function createBrowserHost(): Host {
  const entered = redeemLaunchLink();
  // A link that is put into the address of a page that is open already does not load it anew by itself.
  addEventListener("hashchange", () => launchToken() === null || location.reload());
  const connect = connectByWebSocket(async () => {
    await entered;
    if (await sessionState() !== "open") return null;
    const url = new URL("socket", location.href.split("#")[0]);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    return { url: url.href, protocols: ["mmfsync"] };
  });
  return {
    kind: "browser",
    connect,
    pickFolder: null,
    openLink: (url) => void globalThis.open(url, "_blank", "noopener,noreferrer"),
    notifications: browserNotifications(globalThis.Notification, () => globalThis.focus()),
    door: createDoor(),
    closing: null,
    unavailable: null,
    leave: null,
  };
}

function launchToken(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get("token");
}

/** The launch link carries its token in the fragment, which is never sent and leaves no trace in the history. */
async function redeemLaunchLink(): Promise<void> {
  const token = launchToken();
  if (token === null) return;
  history.replaceState(null, "", `${location.pathname}${location.search}`);
  await postSession({ token });
}

async function sessionState() {
  const response = await fetch("session", { credentials: "same-origin", cache: "no-store" });
  return v.parse(SessionSchema, await response.json()).state;
}

async function postSession(body: Readonly<Record<string, string>>): Promise<boolean> {
  const { ok } = await fetch("session", {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return ok;
}

function createDoor(): Door {
  return {
    async wants() {
      const state = await sessionState();
      return state === "open" ? "nothing" : state;
    },
    enter: (password) => postSession({ password }),
  };
}
