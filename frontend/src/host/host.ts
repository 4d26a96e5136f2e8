import type { Connect } from "../bridge/transport.ts";
import type { Notifications } from "./notifications.ts";

/** What stands around the page: the desktop window or a browser. */
export interface Host {
  readonly kind: "desktop" | "browser";
  /** The way to the engine, for a try each. */
  readonly connect: Connect;
  /** Asks for a folder with the system's dialog; null where there is none. Resolves to null when it was cancelled. */
  readonly pickFolder: ((title: string, start: string) => Promise<string | null>) | null;
  /** Opens a page in a browser; null: the engine does it. */
  readonly openLink: ((url: string) => void) | null;
  /** Null where the system shows none. */
  readonly notifications: Notifications | null;
  /** How to get in when the engine refuses, null in the desktop window. */
  readonly door: Door | null;
  /** Hears that the user wants to close the window; the page then calls `leave`. Null in a browser. */
  readonly closing: ((hear: () => void) => void) | null;
  /** Hears why the engine cannot open the library, while it keeps trying. Null in a browser. */
  readonly unavailable: ((hear: (message: string) => void) => void) | null;
  /** Ends the application. */
  readonly leave: (() => Promise<void>) | null;
}

/** What the server wants before it lets the page in. */
export interface Door {
  /** `token`: a launch link, which only the terminal shows; `password`: the server's password. */
  wants(): Promise<"token" | "password" | "nothing">;
  /** Whether the password was right. */
  enter(password: string): Promise<boolean>;
}
