import { type JSX, Show } from "solid-js";
import type { AssetDetail, Availability } from "../../../../extensions/sync-engine/protocol.ts";
import { useI18n } from "../../i18n/i18n.tsx";

/** What keeps the site from giving all of a model, in words that say what it means for what is here. */
export function AccessNote(props: { readonly asset: AssetDetail }): JSX.Element {
  const { t, format } = useI18n();
  return (
    <Show when={accessOf(props.asset)}>
      {(access) => (
        <section class="access-note" aria-label={t("views.explorer.access.label")}>
          <strong>{t(`views.explorer.access.${access()}.what`)}</strong>
          <p>{t(`views.explorer.access.${access()}.text`)}</p>
          <Show when={props.asset.denial}>
            {(denial) => (
              <p class="access-said">
                {t("views.explorer.access.said", {
                  time: format().relative(denial().at),
                  message: denial().message,
                })}
              </p>
            )}
          </Show>
        </section>
      )}
    </Show>
  );
}

function accessOf(
  { availability, denied }: AssetDetail,
): Exclude<Availability, "public"> | "vanished" | null {
  if (denied === "gone") return "vanished";
  return availability === "public" ? null : availability;
}
