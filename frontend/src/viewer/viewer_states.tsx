import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { type JSX, Show } from "solid-js";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty_state.tsx";
import { ProgressBar } from "../ui/progress_bar.tsx";
import type { LoadError } from "./load_error.ts";
import type { ViewerLabels } from "./texts.ts";

/** How far the loading of a file is. */
export interface Loading {
  /** Of the bytes, 0 to 1; null when it is not known. */
  readonly share: number | null;
  /** The bytes are here and are being read. */
  readonly isParsing: boolean;
}

/** Says that a file is being loaded. */
export function ViewerLoading(
  props: { readonly now: Loading; readonly name: string; readonly labels: ViewerLabels },
): JSX.Element {
  const loading = () => props.labels("loading", { name: props.name });
  return (
    <div class="viewer-loading" role="status">
      <p>{props.now.isParsing ? props.labels("preparing") : loading()}</p>
      <ProgressBar value={props.now.share} label={loading()} />
    </div>
  );
}

/** Says why a file is not shown. */
export function ViewerFailure(
  props: {
    readonly error: LoadError;
    readonly labels: ViewerLabels;
    readonly onRetry: () => void;
  },
): JSX.Element {
  return (
    <div role="alert">
      <EmptyState
        icon={TriangleAlert}
        title={props.labels(props.error.code)}
        text={<span lang="en">{props.error.message}.</span>}
        actions={
          <Show when={isWorthRetrying(props.error)}>
            <Button onClick={() => props.onRetry()}>{props.labels("retry")}</Button>
          </Show>
        }
      />
    </div>
  );
}

/** The same file will be as damaged or as large the next time. */
function isWorthRetrying({ code }: LoadError): boolean {
  return code === "unreachable" || code === "timedOut";
}
