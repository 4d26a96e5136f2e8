import { RotateCcw, Trash2 } from "lucide-solid";
import { createResource, createSignal, For, type JSX, onCleanup, Show } from "solid-js";
import type { VersionRow } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";
import { useApp } from "../../stores/app.tsx";
import { ConfirmDialog } from "../../ui/confirm_dialog.tsx";
import { Menu } from "../../ui/menu.tsx";
import { toast, toastError } from "../../ui/toast.tsx";

/** Most that are shown of a model. */
const MOST = 100;

/** The versions of a model's files that newer ones replaced; nothing where there are none. */
export function VersionList(props: { readonly assetId: string }): JSX.Element {
  const { t, format } = useI18n();
  const { bridge } = useApp();
  const [dropping, setDropping] = createSignal<VersionRow | null>(null);
  const [kept, { refetch }] = createResource(
    () => props.assetId,
    (assetId) => bridge.call("versions.list", { assetId, limit: MOST }).catch(() => null),
  );
  onCleanup(bridge.on("libraryChanged", () => void refetch()));

  const restore = ({ assetId, version }: VersionRow) =>
    void bridge.call("versions.restore", { assetId, version }, { deadline: 120_000 }).then(
      ({ path }) => {
        toast({ text: t("views.onDisk.versions.restored", { path }), tone: "ok" });
        void refetch();
      },
      (error) => toastError(error, t),
    );
  const drop = async () => {
    const row = dropping();
    if (!row) return;
    const { assetId, version } = row;
    const { dropped } = await bridge.call("versions.drop", { assetId, versions: [version] });
    toast({ text: t("views.onDisk.versions.dropped", dropped) });
    await refetch();
  };

  return (
    <Show when={kept.latest?.total}>
      <section class="file-list" aria-label={t("views.onDisk.versions.title")}>
        <h3>{t("views.onDisk.versions.title")}</h3>
        <ul>
          <For each={kept.latest?.rows}>
            {(row) => (
              <li>
                <span class="file-name" title={row.version}>
                  <span>{row.name}</span>
                </span>
                <span class="file-size">{format().bytes(row.size)}</span>
                <span>{format().dateTime(row.at)}</span>
                <Menu
                  label={`${t("more")}: ${row.version}`}
                  size="small"
                  items={[
                    {
                      label: t("views.onDisk.versions.restore"),
                      icon: RotateCcw,
                      disabled: row.fileId === null,
                      onSelect: () => restore(row),
                    },
                    {
                      label: t("views.onDisk.versions.drop"),
                      icon: Trash2,
                      danger: true,
                      onSelect: () => setDropping(row),
                    },
                  ]}
                />
              </li>
            )}
          </For>
        </ul>
      </section>
      <ConfirmDialog
        open={dropping() !== null}
        title={t("views.onDisk.versions.dropTitle", 1)}
        text={t("views.onDisk.versions.dropText", { size: format().bytes(dropping()?.size ?? 0) })}
        confirm={t("views.onDisk.versions.drop")}
        danger
        onConfirm={drop}
        onClose={() => setDropping(null)}
      />
    </Show>
  );
}
