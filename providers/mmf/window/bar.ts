import type { PageDocument, PageElements, PageNode, PageStyleSheet } from "./browser.ts";

declare const document: PageDocument;
declare const CSSStyleSheet: new () => PageStyleSheet;

/** The strip at the lower edge of every page of the window. */
export interface Bar {
  say(text: string, tone?: "plain" | "trouble"): void;
  /** Null while the button rests. */
  offer(label: string, onPress: (() => void) | null): void;
}

/** All of it is inline-free: policies of sites let constructed style sheets through. */
const STYLE = `
:host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; display: block }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; padding: 12px 16px; box-sizing: border-box;
  font: 15px/1.4 system-ui, sans-serif; color: #1c2024; background: #ffffff; border-top: 2px solid #0b6e99;
  box-shadow: 0 -4px 16px rgb(0 0 0 / 0.18) }
.words { flex: 1 1 20rem; margin: 0 }
.small { display: block; font-size: 13px; opacity: 0.8 }
.host { font-weight: 600 }
.trouble { color: #a1260d }
button { font: inherit; font-weight: 600; padding: 9px 16px; border: 0; border-radius: 6px; cursor: pointer;
  color: #ffffff; background: #0b6e99 }
button:disabled { opacity: 0.5; cursor: default }
button:focus-visible { outline: 3px solid #66c2e6; outline-offset: 2px }
@media (prefers-color-scheme: dark) {
  .bar { color: #eceef0; background: #1c2024; border-color: #3fa7d0 }
  .trouble { color: #ff9d8a }
  button { background: #14789f }
}`;

/**
 * Shows the bar, in a closed shadow tree outside of the page's body, so that a page that draws itself anew leaves it.
 * The window has no address line: the bar names the site that is really shown.
 */
export function showBar(
  { host, promise }: { readonly host: string; readonly promise: string },
): Bar {
  const element = document.createElement("div");
  const shadow = element.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];
  const bar = part(shadow, "div", "bar");
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", "MyMiniFactory Sync");
  const words = part(bar, "p", "words");
  const status = part(words, "span", "");
  status.setAttribute("role", "status");
  const small = part(words, "span", "small");
  part(small, "span", "host").textContent = host;
  small.append(` · ${promise}`);
  const button = part(bar, "button", "");
  button.hidden = true;
  let press: (() => void) | null = null;
  // Only a press of the user counts: a page cannot make one that is trusted.
  button.addEventListener("click", (event) => event.isTrusted && press?.());
  document.documentElement.append(element);
  return {
    say(text, tone = "plain") {
      status.textContent = text;
      status.className = tone;
    },
    offer(label, onPress) {
      button.hidden = false;
      button.textContent = label;
      button.disabled = onPress === null;
      press = onPress;
    },
  };
}

function part<K extends keyof PageElements>(
  parent: PageNode,
  tag: K,
  name: string,
): PageElements[K] {
  const element = document.createElement(tag);
  element.className = name;
  parent.append(element);
  return element;
}
