import { createSignal, type JSX } from "solid-js";
import type { RepairSummary } from "../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../i18n/i18n.tsx";
import { onEngine, useApp } from "../stores/app.tsx";
import { ConfirmDialog } from "../ui/confirm_dialog.tsx";

/** Asks before so much is repaired that the wrong drive, or a dying one, is likelier. */
export function RepairDoubt(): JSX.Element {
  const { bridge, status } = useApp();
  const { t, format } = useI18n();
  const [doubt, setDoubt] = createSignal<RepairSummary["doubt"]>(null);
  onEngine("verifyEnded", (end) => {
    setDoubt("summary" in end ? end.summary.repair?.doubt ?? null : null);
  });
  return (
    <ConfirmDialog
      open={doubt() !== null}
      title={t("views.verify.doubt.title")}
      text={t("views.verify.doubt.text", {
        bad: format().count(doubt()?.bad ?? 0),
        of: format().count(doubt()?.of ?? 0),
        root: status()?.root ?? "",
      })}
      confirm={t("views.verify.doubt.confirm")}
      danger
      onConfirm={() =>
        bridge.call("verify.start", { repair: true, subset: { kind: "bad" }, acceptBad: true })}
      onClose={() => setDoubt(null)}
    />
  );
}
