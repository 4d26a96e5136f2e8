/** News of the app that the system shows, also when the window is hidden. */
export interface Notifications {
  /** Whether they are shown; `ask`: the user has to allow them first, see {@linkcode Notifications.ask}. */
  permission(): "granted" | "denied" | "ask";
  /** Lets the user allow them; resolves to whether they did. Only as an answer to a click. */
  ask(): Promise<boolean>;
  /** @param topic The next one on the same topic takes its place, where the system can do that. */
  show(title: string, text: string, topic: string): void;
}

/** What is needed of the page's `Notification`. */
export interface NotificationApi {
  readonly permission: "granted" | "denied" | "default";
  requestPermission(): Promise<"granted" | "denied" | "default">;
  new (title: string, options: { readonly body: string; readonly tag: string }): {
    addEventListener(event: "click", hear: () => void): void;
  };
}

/** The browser's notifications; null where there are none, which is so on pages that are not secure. */
export function browserNotifications(
  Api: NotificationApi | undefined,
  bringToFront: () => void,
): Notifications | null {
  if (!Api) return null;
  return {
    permission: () => Api.permission === "default" ? "ask" : Api.permission,
    ask: async () => await Api.requestPermission() === "granted",
    show(title, text, topic) {
      try {
        new Api(title, { body: text, tag: topic }).addEventListener("click", bringToFront);
      } catch {
        // Browsers of phones have the class and refuse to make one.
      }
    },
  };
}
