import CircleAlert from "lucide-solid/icons/circle-alert";
import { type JSX, Show } from "solid-js";
import { useI18n } from "../i18n/i18n.tsx";
import { Button } from "./button.tsx";
import "./empty_state.css";
import { errorText } from "./failure.ts";

/** Says what went wrong where something should be, and what to do. */
export function ErrorState(props: {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
}): JSX.Element {
  const { t } = useI18n();
  const text = () => errorText(props.error, t);
  return (
    <div class="empty-state" role="alert">
      <CircleAlert class="empty-state-icon empty-state-danger" size={28} aria-hidden="true" />
      <h2>{text().what}</h2>
      <Show when={text().remedy}>
        <p class="empty-state-text">{text().remedy}</p>
      </Show>
      <Show when={props.onRetry}>
        {(retry) => (
          <div class="empty-state-actions">
            <Button onClick={() => retry()()}>{t("retry")}</Button>
          </div>
        )}
      </Show>
    </div>
  );
}
