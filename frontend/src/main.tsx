import { render } from "solid-js/web";
import { App } from "./app.tsx";
import { RpcBridge } from "./bridge/rpc_bridge.ts";
import { openHost } from "./host/open_host.ts";
import { createApp } from "./stores/app.tsx";
import "./styles/tokens.css";
import "./styles/base.css";

/** Milliseconds that the engine has to save what it has when the window closes. */
const SHUTDOWN_DEADLINE = 5_000;

const host = await openHost();
const bridge = new RpcBridge(host.connect);
const app = createApp(bridge, host);

host.closing?.(() => {
  // The engine hears of it too, saves and ends the host. One that does not must not keep the window open.
  const patience = bridge.state() === "open" ? SHUTDOWN_DEADLINE : 0;
  setTimeout(() => host.leave?.(), patience);
});

const root = document.getElementById("app");
if (!root) throw new Error("The page has no #app");
render(() => <App app={app} reconnect={() => bridge.reconnect()} />, root);
