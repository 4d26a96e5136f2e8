import { createEffect, createSignal, type JSX, on, Show } from "solid-js";
import type { ProviderStatus } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Select } from "../../ui/select.tsx";
import { ImportPanel } from "./import_panel.tsx";
import { createImports } from "./import_store.ts";
import { textsOf } from "./saved_texts.ts";

/** The providers of which a saved list can be imported. */
export function importable(providers: readonly ProviderStatus[] | undefined): ProviderStatus[] {
  return (providers ?? []).filter(({ enabled, importUrl }) => enabled && importUrl !== null);
}

/** Imports a saved list; `files` that were dropped elsewhere are imported at once. */
export function ImportDialog(props: {
  readonly open: boolean;
  readonly files?: readonly File[];
  /** @default the first that can */
  readonly provider?: string;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useI18n();
  const app = useApp();
  const imports = createImports(app);
  const [chosen, setChosen] = createSignal<string | null>(null);
  const providers = () => importable(app.status()?.providers);
  const provider = () => {
    const wanted = chosen() ?? props.provider;
    return providers().find(({ id }) => id === wanted) ?? providers()[0];
  };
  createEffect(on(() => props.files, (files) => {
    const id = provider()?.id;
    if (files && files.length > 0 && id !== undefined) imports.run(id, textsOf(files));
  }));
  const close = () => {
    imports.reset();
    props.onClose();
  };
  return (
    <Dialog
      open={props.open}
      onClose={close}
      title={t(provider()?.hasWindow ? "views.import.getTitle" : "views.import.title")}
    >
      <Show when={providers().length > 1}>
        <Select
          label={t("views.library.provider")}
          value={provider()?.id ?? ""}
          options={providers().map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setChosen}
        />
      </Show>
      <Show when={provider()}>
        {(one) => <ImportPanel provider={one()} imports={imports} onClose={close} />}
      </Show>
    </Dialog>
  );
}
