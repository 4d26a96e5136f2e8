import { AlertDialog } from "@kobalte/core/alert-dialog";
import { createSignal, type JSX } from "solid-js";
import { useI18n } from "../i18n/i18n.tsx";
import { Button } from "./button.tsx";
import "./dialog.css";
import { toastError } from "./toast.tsx";

/** Asks before something is done that cannot be taken back. */
export function ConfirmDialog(props: {
  readonly open: boolean;
  readonly title: string;
  readonly text: JSX.Element;
  /** What the button that does it says. */
  readonly confirm: string;
  readonly danger?: boolean | undefined;
  /** The dialog stays until it is done; a failure is told, and the dialog stays. */
  readonly onConfirm: () => void | Promise<unknown>;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useI18n();
  const [busy, setBusy] = createSignal(false);
  const confirm = async () => {
    setBusy(true);
    try {
      await props.onConfirm();
      props.onClose();
    } catch (error) {
      toastError(error, t);
    } finally {
      setBusy(false);
    }
  };
  return (
    <AlertDialog open={props.open} onOpenChange={(open) => open || props.onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay class="dialog-overlay" />
        <div class="dialog-positioner">
          <AlertDialog.Content class="dialog">
            <AlertDialog.Title as="h2">{props.title}</AlertDialog.Title>
            <AlertDialog.Description as="div" class="dialog-body">
              {props.text}
            </AlertDialog.Description>
            <div class="dialog-actions">
              <Button onClick={() => props.onClose()}>{t("cancel")}</Button>
              <Button
                variant={props.danger ? "danger" : "primary"}
                busy={busy()}
                onClick={() => void confirm()}
              >
                {props.confirm}
              </Button>
            </div>
          </AlertDialog.Content>
        </div>
      </AlertDialog.Portal>
    </AlertDialog>
  );
}
