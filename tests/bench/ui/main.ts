// deno-lint-ignore-file no-console -- a command line tool
/**
 * `npm run bench:ui`: the window over a library of 100,000 models while three downloads run at 10 MB/s each.
 *
 * @module
 */
import { join } from "node:path";
import type { Page } from "playwright-core";
import * as v from "valibot";
import { launchBrowser } from "../../e2e/support/browser.ts";
import { openPage } from "../../e2e/support/page.ts";
import { serve } from "../../e2e/support/served.ts";
import { startSite } from "../../e2e/support/site.ts";
import { makeBigProfile } from "./big_profile.ts";

const ASSETS = Number(Deno.env.get("MMFSYNC_BENCH_ASSETS") ?? 100_000);
/** What `frames.js` tells; milliseconds, and a share. */
const FrameReportSchema = v.object({
  p50: v.number(),
  p99: v.number(),
  withinFrame: v.number(),
  longTasks: v.number(),
  longestTask: v.number(),
});
type FrameReport = v.InferOutput<typeof FrameReportSchema>;

const WORDS = ["dragon", "knight", "tower", "ship", "a", "el", "go"];

console.error(`Making a library of ${ASSETS} models …`);
// A dozen models of 400 MB; each download gets 10 MB/s.
const site = await startSite([
  "--objects=12",
  "--file-size=400000000",
  "--bytes-per-second=10000000",
]);
const { home, key } = await makeBigProfile(ASSETS, site);
const delays = join(home, "delays.txt");
// Tests have an emulated graphics card for WebGL. To draw through it took 18 ms a frame with two processors, whatever
// the page did; without a card Chromium draws by itself (chrome://gpu: "Compositing: Software only"), and so it does here.
const browser = await launchBrowser([
  "--js-flags=--expose-gc",
  "--enable-precise-memory-info",
  "--disable-gpu-compositing",
]);
try {
  const { page } = await openPage(browser);
  await page.addInitScript({ path: "tests/bench/ui/frames.js" });
  // The browser's own start is not the app's: its processes come up with the first page.
  await page.waitForTimeout(2000);
  const launched = performance.now();
  await using served = await serve({
    args: [],
    home,
    preload: "tests/bench/ui/loop_delay.ts",
    env: {
      MMFSYNC_KEY: key,
      MMFSYNC_CONNECT_TO: JSON.stringify(site.connectTo),
      LOOP_DELAY_FILE: delays,
    },
  });
  await page.goto(served.link);
  await page.waitForSelector(".asset-row .asset-title");
  row("first rows after launching the engine", performance.now() - launched, "ms", 1000);
  await page.waitForTimeout(2000);
  row("engine RSS, idle", residentMB(served.pid), "MB", 100);

  await page.getByRole("button", { name: /^Download \d+ models?/ }).click();
  await page.locator(".sync-card").getByText(/MB\/s/).first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(2000);
  const display = await during(page, () => scrollCopy(page));
  row("the display's own rate: frames within 16.7 ms", 100 * display.withinFrame, "%");
  // With no code of the app: what else the machine does takes the main thread's turn.
  row("the display's own rate: longest task", display.longestTask, "ms");
  await Deno.writeTextFile(delays, "");
  const scrolling = await during(page, () => scroll(page));
  report("scrolling from top to bottom", scrolling, display);
  report("through the filters", await during(page, () => throughFilters(page)), display);
  row("engine event-loop delay p99", percentile(await Deno.readTextFile(delays), 0.99), "ms", 20);
  row("engine RSS, downloading", residentMB(served.pid), "MB");
  await page.evaluate("gc()");
  const heap: unknown = await page.evaluate("performance.memory.usedJSHeapSize");
  row("front-end heap", Number(heap) / 1e6, "MB", 80);
} finally {
  await browser.close();
  await site.close();
  await Deno.remove(home, { recursive: true });
}

async function during(page: Page, work: () => Promise<void>): Promise<FrameReport> {
  await page.evaluate("startFrames()");
  await work();
  return v.parse(FrameReportSchema, await page.evaluate("stopFrames()"));
}

async function scrollCopy(page: Page): Promise<void> {
  await page.evaluate(`scrollCopy(".asset-table", ".asset-row", 8_000)`);
}

async function scroll(page: Page): Promise<void> {
  await page.evaluate(`scrollThrough(".asset-table", 20_000)`);
}

async function throughFilters(page: Page): Promise<void> {
  const search = page.getByRole("searchbox");
  for (const word of WORDS) {
    await search.fill("");
    await search.pressSequentially(word, { delay: 60 });
    await page.waitForTimeout(250);
  }
  await search.fill("");
  for (const chip of ["Not downloaded", "Has updates", "Has updates", "Not downloaded"]) {
    await page.getByRole("button", { name: chip }).click();
    await page.waitForTimeout(300);
  }
  for (const column of ["Creator", "Last sync", "Provider", "Title"]) {
    await page.getByRole("columnheader", { name: column }).getByRole("button").click();
    await page.waitForTimeout(300);
  }
}

/** @param display What the display can do by itself: no more is asked for. */
function report(name: string, frames: FrameReport, display: FrameReport): void {
  const wanted = Math.min(99, 100 * display.withinFrame);
  row(`${name}: frames within 16.7 ms`, 100 * frames.withinFrame, "%", wanted, "at least");
  row(`${name}: frame p50`, frames.p50, "ms");
  row(`${name}: frame p99`, frames.p99, "ms");
  row(`${name}: main-thread tasks over 50 ms`, frames.longTasks, "", 0);
  row(`${name}: longest task`, frames.longestTask, "ms", 50);
}

function row(name: string, value: number, unit: string, wanted?: number, how = "at most"): void {
  const ok = wanted === undefined || (how === "at most" ? value <= wanted : value >= wanted);
  const goal = wanted === undefined
    ? ""
    : `  (${how} ${wanted}${unit ? ` ${unit}` : ""}${ok ? "" : ": NOT REACHED"})`;
  console.log(`${name.padEnd(58)} ${value.toFixed(1).padStart(8)} ${unit}${goal}`);
}

function percentile(text: string, share: number): number {
  const sorted = text.split(/\s+/).filter(Boolean).map(Number).sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
}

/** proc(5), VmRSS. */
function residentMB(pid: number): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1000;
}
