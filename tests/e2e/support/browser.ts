import { type Browser, chromium } from "playwright-core";

/** Where systems have it. */
const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Software rendering, so that WebGL is there on machines without a graphics card; and no word to anyone. */
const ARGS = [
  "--no-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a headless Chromium: `CHROMIUM`, the system's, or the one that the package `@sparticuz/chromium` carries. */
export async function launchBrowser(extraArgs: readonly string[] = []): Promise<Browser> {
  const executablePath = Deno.env.get("CHROMIUM") ?? await firstOf(INSTALLED) ?? await packaged();
  return await chromium.launch({ executablePath, args: [...ARGS, ...extraArgs] });
}

async function firstOf(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const there = await Deno.stat(path).then(({ isFile }) => isFile, () => false);
    if (there) return path;
  }
  return undefined;
}

/** Unpacks it into the temporary folder at the first time. */
async function packaged(): Promise<string> {
  // Makes the package unpack the libraries that Chromium needs as well, and lead it there.
  if (Deno.build.os === "linux") Deno.env.set("AWS_LAMBDA_JS_RUNTIME", "nodejs22.x");
  const { default: carried } = await import("@sparticuz/chromium");
  return await carried.executablePath();
}
