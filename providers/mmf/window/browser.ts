/**
 * What the window's script uses of a browser. The engine's own types know no pages, and a reference to all of them would
 * let every module of the program use what only browsers have.
 *
 * @module
 */

export interface PageNode {
  append(...nodes: readonly (PageNode | string)[]): void;
}

export interface PageElement extends PageNode {
  className: string;
  textContent: string;
  hidden: boolean;
  setAttribute(name: string, value: string): void;
  attachShadow(options: { readonly mode: "closed" }): PageShadow;
  addEventListener(type: "click", hear: (event: { readonly isTrusted: boolean }) => void): void;
  remove(): void;
}

export interface PageShadow extends PageNode {
  adoptedStyleSheets: readonly PageStyleSheet[];
}

export interface PageStyleSheet {
  replaceSync(text: string): void;
}

export interface PageElements {
  readonly div: PageElement;
  readonly p: PageElement;
  readonly span: PageElement;
  readonly button: PageElement & { disabled: boolean };
  readonly textarea: PageElement & { name: string; value: string };
  readonly meta: PageElement & { name: string; content: string };
  readonly form: PageElement & {
    method: string;
    action: string;
    enctype: string;
    acceptCharset: string;
    submit(): void;
  };
}

export interface PageDocument {
  readonly readyState: "loading" | "interactive" | "complete";
  readonly documentElement: PageElement;
  readonly head: PageElement;
  createElement<K extends keyof PageElements>(name: K): PageElements[K];
  addEventListener(
    type: "securitypolicyviolation",
    hear: (event: { readonly effectiveDirective: string }) => void,
  ): void;
}

export interface PageWindow {
  readonly top: unknown;
  readonly location: { readonly origin: string; readonly host: string };
  readonly navigator: { readonly languages: readonly string[] };
  addEventListener(type: "DOMContentLoaded", hear: () => void): void;
}
