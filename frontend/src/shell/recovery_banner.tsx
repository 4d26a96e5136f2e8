import DatabaseBackup from "lucide-solid/icons/database-backup";
import X from "lucide-solid/icons/x";
import { createSignal, type JSX, Show } from "solid-js";
import type { Recovery } from "../../../extensions/sync-engine/protocol.ts";
import { type I18n, useI18n } from "../i18n/i18n.tsx";
import { useApp } from "../stores/app.tsx";
import { IconButton } from "../ui/icon_button.tsx";
import "./banners.css";

/** Says that the database was damaged or lost, and what became of it. */
export function RecoveryBanner(): JSX.Element {
  const { status } = useApp();
  const i18n = useI18n();
  const [dismissed, setDismissed] = createSignal(false);
  return (
    <Show when={!dismissed() && status()?.recovered}>
      {(recovered) => (
        <aside class="banner banner-recovered" role="status">
          <DatabaseBackup size={16} aria-hidden="true" />
          <span class="banner-text" title={recovered().aside ?? ""}>
            {recoveryWords(recovered(), i18n)}
          </span>
          <IconButton
            label={i18n.t("dismiss")}
            icon={X}
            size="small"
            onClick={() => setDismissed(true)}
          />
        </aside>
      )}
    </Show>
  );
}

/** What happened, in sentences. */
export function recoveryWords(
  { aside, backupAt, rebuilt }: Recovery,
  { t, format }: Pick<I18n, "t" | "format">,
): string {
  return [
    t(aside === null ? "views.onDisk.recovery.lost" : "views.onDisk.recovery.damaged"),
    backupAt === null
      ? ""
      : t("views.onDisk.recovery.backup", { date: format().dateTime(backupAt) }),
    rebuilt === null ? t("views.onDisk.recovery.pending") : t("views.onDisk.recovery.rebuilt", {
      models: format().count(rebuilt.added),
      files: format().count(rebuilt.files),
    }),
    rebuilt !== null && backupAt === null ? t("views.onDisk.recovery.check") : "",
  ].filter((sentence) => sentence !== "").join(" ");
}
