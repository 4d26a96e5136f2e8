import { AppWindow, FileUp } from "lucide-solid";
import { createSignal, type JSX, Show } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Button } from "../../ui/button.tsx";
import "./import.css";
import { importable, ImportDialog } from "./import_dialog.tsx";

/** Offers to import where one signs in: it shows the library without a sign-in. */
export function ImportOffer(): JSX.Element {
  const { t } = useI18n();
  const { status } = useApp();
  return (
    <Show when={importable(status()?.providers).length > 0}>
      <section class="import-offer">
        <h2>{t("views.import.title")}</h2>
        <p>{t("views.import.text")}</p>
        <ImportButton />
      </section>
    </Show>
  );
}

/** Opens the import. */
export function ImportButton(): JSX.Element {
  const { t } = useI18n();
  const { status } = useApp();
  const [open, setOpen] = createSignal(false);
  const hasWindow = () => importable(status()?.providers).some((one) => one.hasWindow);
  return (
    <Show when={importable(status()?.providers).length > 0}>
      <Button icon={hasWindow() ? AppWindow : FileUp} onClick={() => setOpen(true)}>
        {t(hasWindow() ? "views.import.getTitle" : "views.import.title")}
      </Button>
      <ImportDialog open={open()} onClose={() => setOpen(false)} />
    </Show>
  );
}
