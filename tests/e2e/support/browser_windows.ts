import type { Browser, CDPSession, Page } from "playwright-core";
import type { SiteWindows } from "../../../extensions/sync-engine/platform/site_window.ts";

/** A site in a browser, with the script of the app's window in every page. */
export interface BrowserWindows extends SiteWindows {
  /** The page that was opened last. */
  page(): Promise<Page>;
  /** All that a screen reader would read of it; the bar is closed to scripts. */
  words(): Promise<string>;
  /** Presses the button of the bar: it lies at the lower right. */
  press(): Promise<void>;
}

/** Stands in for the host's windows, so that script and handing over are proven where there is no host. */
export function browserWindows(
  browser: Browser,
  connectTo: Readonly<Record<string, string>>,
): BrowserWindows {
  let opened = Promise.withResolvers<{ readonly page: Page; readonly cdp: CDPSession }>();
  return {
    actual: (url) => new URL(url.pathname, connectTo[url.origin] ?? url.origin),
    clear: () => Promise.resolve(),
    async open({ url, script }) {
      const context = await browser.newContext({ viewport: { width: 1100, height: 800 } });
      await context.addInitScript({ content: script });
      const page = await context.newPage();
      const closed = new Promise<void>((resolve) => page.once("close", () => resolve()));
      await page.goto(url);
      opened.resolve({ page, cdp: await context.newCDPSession(page) });
      return {
        closed,
        close() {
          opened = Promise.withResolvers();
          void context.close();
        },
      };
    },
    page: async () => (await opened.promise).page,
    async words() {
      const { cdp } = await opened.promise;
      const { nodes } = await cdp.send("Accessibility.getFullAXTree");
      return nodes.filter(({ ignored }) => !ignored).map(({ name }) => name?.value).join("\n");
    },
    async press() {
      const { page } = await opened.promise;
      const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
      await page.mouse.click(width - 90, height - 34);
    },
  };
}
