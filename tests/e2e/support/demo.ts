import type { Page } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { openPage, type SIZES } from "./page.ts";
import { serve, type Served, type ServeOptions } from "./served.ts";

/** The app with its demo library in a browser. */
export interface DemoApp {
  readonly page: Page;
  readonly served: Served;
  readonly faults: string[];
  close(): Promise<void>;
}

/** Starts the server and a browser, and lets the one into the other. */
export async function openDemo(
  options: ServeOptions & {
    readonly theme?: "light" | "dark";
    readonly size?: keyof typeof SIZES;
  } = {},
): Promise<DemoApp> {
  const served = await serve(options);
  const browser = await launchBrowser();
  const { page, faults } = await openPage(browser, options);
  await page.goto(served.link);
  return {
    page,
    served,
    faults,
    async close() {
      await browser.close();
      await served[Symbol.asyncDispose]();
    },
  };
}
