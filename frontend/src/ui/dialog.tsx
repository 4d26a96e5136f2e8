import { Dialog as KDialog } from "@kobalte/core/dialog";
import X from "lucide-solid/icons/x";
import type { JSX } from "solid-js";
import { useI18n } from "../i18n/i18n.tsx";
import { IconButton } from "./icon_button.tsx";
import "./dialog.css";

/** A window above the view. */
export function Dialog(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: JSX.Element;
  /** Buttons at the end, the main one last. */
  readonly actions?: JSX.Element;
}): JSX.Element {
  const { t } = useI18n();
  return (
    <KDialog open={props.open} onOpenChange={(open) => open || props.onClose()}>
      <KDialog.Portal>
        <KDialog.Overlay class="dialog-overlay" />
        <div class="dialog-positioner">
          <KDialog.Content class="dialog">
            <div class="dialog-header">
              <KDialog.Title as="h2">{props.title}</KDialog.Title>
              <IconButton label={t("close")} icon={X} onClick={() => props.onClose()} />
            </div>
            <div class="dialog-body">{props.children}</div>
            <div class="dialog-actions">{props.actions}</div>
          </KDialog.Content>
        </div>
      </KDialog.Portal>
    </KDialog>
  );
}
