import { useNavigate } from "@solidjs/router";
import type { SyncSummary } from "../../../extensions/sync-engine/protocol.ts";
import { BridgeError } from "../bridge/bridge.ts";
import { useI18n } from "../i18n/i18n.tsx";
import { onEngine, useApp } from "../stores/app.tsx";
import { failureText, sentences } from "../ui/failure.ts";
import { toast, toastError } from "../ui/toast.tsx";

/** Tells how a sync ended, as long as the component lives. */
export function tellSyncNews(): void {
  const app = useApp();
  const { t } = useI18n();
  const navigate = useNavigate();

  const tellProblem = ({ provider, error }: SyncSummary["problems"][number]) => {
    const name = app.status()?.providers.find(({ id }) => id === provider)?.name ?? provider;
    toast({
      text: `${name}: ${sentences(failureText(error, t))}`,
      tone: "warn",
      action: error.code === "needsAuth"
        ? { label: t("views.accounts.signInAgain"), run: () => navigate("/accounts") }
        : undefined,
    });
  };

  onEngine("syncEnded", (end) => {
    if ("error" in end) {
      if (end.error.code !== "cancelled") toastError(new BridgeError(end.error), t);
      return;
    }
    const { dryRun, problems, failed, fetched } = end.summary;
    if (dryRun) return;
    problems.filter(({ error }) => error.code !== "cancelled").forEach(tellProblem);
    if (failed > 0) {
      toast({
        text: t("sync.someFailed", failed),
        tone: "warn",
        action: { label: t("nav.downloads"), run: () => navigate("/downloads") },
      });
    }
    // Without a download it is only news that nothing is missing.
    const complete = app.status()?.library.wantedNotHere.assets === 0;
    if (fetched > 0 || (complete && failed === 0 && problems.length === 0)) {
      toast({ text: t("sync.ended", fetched), tone: "ok" });
    }
  });
}
