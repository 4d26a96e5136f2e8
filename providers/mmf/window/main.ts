/**
 * Runs in every page of the window in which the user signs in to MyMiniFactory. It reads nothing and sends nothing before
 * the user presses the button; then it asks the site for the list of the library, as the page itself would, and goes to
 * the app with it. It never reads a cookie, a form or a key.
 *
 * @module
 */

import type { HostResponse } from "../../sdk/mod.ts";
import { type Bar, showBar } from "./bar.ts";
import type { PageDocument, PageWindow } from "./browser.ts";
import { collectLibrary } from "./collect_library.ts";
import type { Delivery } from "./delivery.ts";
import { SiteRefusal } from "./page_host.ts";
import { type Words, wordsFor } from "./words.ts";

declare const delivery: Delivery;
declare const window: PageWindow;
declare const document: PageDocument;

// Frames of other sites, and the app's own answer, need no bar.
if (window.top === window && window.location.origin !== new URL(delivery.address).origin) {
  if (document.readyState === "loading") window.addEventListener("DOMContentLoaded", start);
  else start();
}

function start(): void {
  const words = wordsFor(window.navigator.languages);
  const bar = showBar({ host: window.location.host, promise: words.promise });
  if (window.location.origin !== delivery.origin) return bar.say(words.elsewhere);
  bar.say(words.offer);
  const press = () => {
    bar.offer(words.handOver, null);
    void handOver(bar, words).then((trouble) => {
      if (trouble === null) return;
      bar.say(trouble, "trouble");
      bar.offer(words.handOver, press);
    });
  };
  bar.offer(words.handOver, press);
}

/** Returns what is in the way; null once the library is on its way. */
async function handOver(bar: Bar, words: Words): Promise<string | null> {
  try {
    const library = await collectLibrary({
      get: ask,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      onRequest: (before) =>
        bar.say(before === 0 ? words.reading : words.naming.replace("#", String(before))),
    });
    bar.say(words.sending);
    return await send(library) ? null : words.blocked;
  } catch (error) {
    return troubleOf(error, words);
  }
}

async function ask(path: string): Promise<HostResponse> {
  const response = await fetch(path, {
    headers: { accept: "application/json" },
    credentials: "same-origin",
    cache: "no-store",
  });
  return {
    status: response.status,
    url: response.url,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

/** Goes to the app with the library; resolves to false when the site forbids it, and else never while the page is there. */
function send(library: string): Promise<boolean> {
  const form = document.createElement("form");
  form.method = "post";
  form.action = delivery.address;
  form.enctype = "multipart/form-data";
  form.acceptCharset = "utf-8";
  form.hidden = true;
  const field = document.createElement("textarea");
  field.name = "library";
  field.value = library;
  form.append(field);
  // Without it some browsers hide from the app which site the library comes from, as the app is reached by plain http.
  const referrer = document.createElement("meta");
  referrer.name = "referrer";
  referrer.content = "origin";
  document.head.append(referrer);
  document.documentElement.append(form);
  return new Promise((resolve) => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
      if (effectiveDirective !== "form-action") return;
      form.remove();
      referrer.remove();
      resolve(false);
    });
    form.submit();
  });
}

function troubleOf(error: unknown, words: Words): string {
  if (!(error instanceof SiteRefusal)) return words.trouble;
  switch (error.code) {
    case "needsAuth":
      return words.signedOut;
    case "challenged":
      return words.challenged;
    case "throttled":
      return words.throttled;
    default:
      return words.trouble;
  }
}
