import type { Browser, Page } from "playwright-core";

/** What must never happen on a page, as it happens. */
export interface Faults {
  readonly found: string[];
}

/** Sizes that the app is designed for. */
export const SIZES = { wide: { width: 1280, height: 800 }, small: { width: 900, height: 600 } };

/**
 * Opens a page that writes down its faults: errors, refused content, failed requests.
 *
 * @param theme What the system prefers.
 */
export async function openPage(
  browser: Browser,
  options: { readonly theme?: "light" | "dark"; readonly size?: keyof typeof SIZES } = {},
): Promise<{ readonly page: Page; readonly faults: string[] }> {
  const context = await browser.newContext({
    colorScheme: options.theme ?? "light",
    viewport: SIZES[options.size ?? "wide"],
    locale: "en-GB",
    timezoneId: "UTC",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    // A picture that the site does not have is no fault of the page.
    if (/\/thumb\//.test(message.location().url)) return;
    faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  return { page, faults };
}
