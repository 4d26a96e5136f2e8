import { useLocation, useNavigate } from "@solidjs/router";
import { BridgeError } from "../bridge/bridge.ts";
import { useI18n } from "../i18n/i18n.tsx";
import { onEngine } from "../stores/app.tsx";
import { toast, toastError } from "../ui/toast.tsx";

/** Tells how a verification ended, as long as the component lives. */
export function tellVerifyNews(): void {
  const { t, format } = useI18n();
  const navigate = useNavigate();
  const location = useLocation();
  const show = { label: t("views.verify.open"), run: () => navigate("/verify") };
  onEngine("verifyEnded", (end) => {
    if ("error" in end) {
      if (end.error.code !== "cancelled") toastError(new BridgeError(end.error), t);
      return;
    }
    const { ok, missing, size, hash, unverified, sidecars, repair } = end.summary;
    const bad = missing + size + hash + unverified + sidecars;
    if (!repair) {
      toast({
        text: t("views.verify.verified", { ok: format().count(ok), bad: format().count(bad) }),
        tone: bad === 0 ? "ok" : "warn",
        topic: "verify",
        ...bad === 0 || location.pathname === "/verify" ? {} : { action: show },
      });
      return;
    }
    // A dialog asks.
    if (repair.doubt) return;
    const left = bad - repair.fetched - repair.sidecars;
    if (repair.fetched + repair.sidecars > 0) {
      toast({
        text: t("views.verify.repaired", repair.fetched + repair.sidecars),
        tone: "ok",
        topic: "repair",
      });
    }
    if (left > 0) {
      toast({ text: t("views.verify.notRepaired", left), tone: "warn", topic: "verify" });
    }
  });
}
