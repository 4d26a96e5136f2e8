import { createBrowserHost } from "./browser_host.ts";
import type { Host } from "./host.ts";

/** The host that this page runs in: Neutralino sets its globals before any module runs. */
export async function openHost(): Promise<Host> {
  if (!("NL_PORT" in globalThis)) return createBrowserHost();
  const { createDesktopHost } = await import("./desktop_host.ts");
  return createDesktopHost();
}
