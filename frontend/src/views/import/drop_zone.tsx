import { FileUp } from "lucide-solid";
import { createSignal, type JSX, onCleanup, onMount, Show } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import "./import.css";
import { importable, ImportDialog } from "./import_dialog.tsx";

/** Lets files be dropped anywhere on an element, shows that they can, and imports them. */
export function DropZone(props: { readonly on: () => HTMLElement | undefined }): JSX.Element {
  const { t } = useI18n();
  const { status, hello } = useApp();
  const [isOver, setOver] = createSignal(false);
  const [files, setFiles] = createSignal<readonly File[]>([]);
  const [open, setOpen] = createSignal(false);
  const takes = ({ dataTransfer }: DragEvent) =>
    dataTransfer?.types.includes("Files") === true && !!hello()?.mediaBase &&
    importable(status()?.providers).length > 0;

  onMount(() => {
    const element = props.on();
    const over = (event: DragEvent) => {
      if (!takes(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
      setOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent) => {
      if (!(relatedTarget instanceof Node && element?.contains(relatedTarget))) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!takes(event)) return;
      event.preventDefault();
      const dropped = [...event.dataTransfer?.files ?? []];
      if (dropped.length === 0) return;
      setOpen(true);
      setFiles(dropped);
    };
    element?.addEventListener("dragenter", over);
    element?.addEventListener("dragover", over);
    element?.addEventListener("dragleave", leave);
    element?.addEventListener("drop", drop);
    onCleanup(() => {
      element?.removeEventListener("dragenter", over);
      element?.removeEventListener("dragover", over);
      element?.removeEventListener("dragleave", leave);
      element?.removeEventListener("drop", drop);
    });
  });

  return (
    <>
      <Show when={isOver()}>
        <div class="drop-zone">
          <FileUp size={28} aria-hidden="true" />
          {t("views.import.dropAnywhere")}
        </div>
      </Show>
      <ImportDialog open={open()} files={files()} onClose={() => setOpen(false)} />
    </>
  );
}
