import { createEffect, createMemo, on } from "solid-js";
import { useI18n } from "../i18n/i18n.tsx";
import { onEngine, useApp } from "../stores/app.tsx";
import { failureText, sentences } from "../ui/failure.ts";
import { type Notice, noticesOfEnd, noticesOfWait } from "./notices.ts";

/** Tells by the system what ends while nobody looks at the page, as long as the component lives. */
export function notifyAway(): void {
  const app = useApp();
  const { t } = useI18n();
  const syncs = createMemo(() => app.status()?.busy === "sync");
  let since: number | null = null;
  createEffect(on(syncs, (now) => since = now ? performance.now() : since));

  const wordsOf = (notice: Notice): readonly [title: string, text: string] => {
    switch (notice.kind) {
      case "ended": {
        const failed = notice.failed > 0 ? t("sync.someFailed", notice.failed) : "";
        return [t("sync.finished"), `${t("sync.ended", notice.fetched)}. ${failed}`.trim()];
      }
      case "broken":
        return [t("sync.broken"), sentences(failureText(notice, t))];
      case "signedOut": {
        const providers = app.status()?.providers ?? [];
        const name = providers.find(({ id }) => id === notice.provider)?.name ?? notice.provider;
        const { what, remedy } = failureText({ code: "needsAuth", message: null }, t);
        return [`${name}: ${what}`, remedy];
      }
      case "diskFull": {
        const { what, remedy } = failureText({ code: "diskFull", message: null }, t);
        return [what, remedy];
      }
    }
  };
  const tell = (notices: readonly Notice[]) => {
    const { notifications } = app.host;
    const isSeen = document.visibilityState === "visible" && document.hasFocus();
    if (isSeen || !app.settings()?.notifications || notifications?.permission() !== "granted") {
      return;
    }
    for (const notice of notices) notifications.show(...wordsOf(notice), notice.kind);
  };

  onEngine("syncEnded", (end) => {
    const took = "summary" in end
      ? end.summary.took
      : since === null
      ? 0
      : performance.now() - since;
    tell(noticesOfEnd(end, took));
  });
  onEngine("waiting", (wait) => tell(noticesOfWait(wait)));
}
