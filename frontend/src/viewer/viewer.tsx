import Box from "lucide-solid/icons/box";
import Grid3x3 from "lucide-solid/icons/grid-3x3";
import Scan from "lucide-solid/icons/scan";
import {
  createEffect,
  createMemo,
  createSignal,
  type JSX,
  Match,
  on,
  onCleanup,
  Show,
  Switch,
} from "solid-js";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty_state.tsx";
import { IconButton } from "../ui/icon_button.tsx";
import type { DisplayMesh } from "./display_mesh.ts";
import { formatLength, formatMegabytes, sidesOf } from "./format.ts";
import { LoadError } from "./load_error.ts";
import { loadModel } from "./mesh_loader.ts";
import { ModelCanvas } from "./model_canvas.tsx";
import { HARD_LIMITS } from "./parse/limits.ts";
import type { ModelScene } from "./scene/scene.ts";
import { englishLabels, type ViewerLabels } from "./texts.ts";
import "./viewer.css";
import { type Loading, ViewerFailure, ViewerLoading } from "./viewer_states.tsx";

/** Files above are loaded only on request, in bytes: they take more than a second or two. */
const LARGE_BYTES = 100e6;

export interface ModelViewerProps {
  /** Where the file's bytes are. */
  readonly url: string;
  /** The file's name; its extension says the format. */
  readonly name: string;
  /** In bytes; null when it is not known. */
  readonly size: number | null;
  /** CSS colours that replace those of the theme. */
  readonly palette?: ViewerPalette | undefined;
  /** @default {englishLabels} */
  readonly labels?: ViewerLabels | undefined;
  /** For numbers, BCP 47. @default the page's language */
  readonly locale?: string | undefined;
  readonly onError?: ((error: LoadError) => void) | undefined;
}

/** CSS colours of a viewer. */
export interface ViewerPalette {
  readonly background?: string;
  readonly model?: string;
  readonly grid?: string;
  readonly edge?: string;
}

type State =
  | { readonly kind: "asking" }
  | Loading & { readonly kind: "loading" }
  | { readonly kind: "shown"; readonly mesh: DisplayMesh }
  | { readonly kind: "failed"; readonly error: LoadError };

/** Shows an STL, OBJ or 3MF file in 3-D, with its dimensions. Fills its parent. */
export function ModelViewer(props: ModelViewerProps): JSX.Element {
  const labels = () => props.labels ?? englishLabels;
  const locale = () => props.locale ?? (document.documentElement.lang || navigator.language);
  const [state, setState] = createSignal<State>({ kind: "asking" });
  const [wireframe, setWireframe] = createSignal(false);
  const [scene, setScene] = createSignal<ModelScene>();
  let controller = new AbortController();
  let root: HTMLDivElement | undefined;

  async function load(): Promise<void> {
    controller.abort();
    controller = new AbortController();
    const { signal } = controller;
    setState({ kind: "loading", share: null, isParsing: false });
    try {
      const mesh = await loadModel(props.url, {
        fileName: props.name,
        signal,
        onProgress: (progress) => {
          const share = progress?.total ? progress.loaded / progress.total : null;
          setState({ kind: "loading", share, isParsing: progress === null });
        },
      });
      setState({ kind: "shown", mesh });
    } catch (error) {
      if (signal.aborted) return;
      const failure = error instanceof LoadError
        ? error
        : new LoadError("damaged", "The model could not be shown", { cause: error });
      setState({ kind: "failed", error: failure });
      props.onError?.(failure);
    }
  }

  createEffect(on(() => [props.url, props.name, props.size] as const, ([, , size]) => {
    setScene(undefined);
    setWireframe(false);
    if (size !== null && size > LARGE_BYTES && size <= HARD_LIMITS.bytes) {
      controller.abort();
      setState({ kind: "asking" });
    } else void load();
  }));
  onCleanup(() => controller.abort());

  createEffect(() => {
    for (const part of ["background", "model", "grid", "edge"] as const) {
      const color = props.palette?.[part];
      if (color === undefined) root?.style.removeProperty(`--viewer-${part}`);
      else root?.style.setProperty(`--viewer-${part}`, color);
    }
    scene()?.refreshPalette();
  });

  const loading = createMemo(() => narrowed(state(), "loading"));
  const failed = createMemo(() => narrowed(state(), "failed"));
  const mesh = createMemo(() => narrowed(state(), "shown")?.mesh);

  return (
    <div class="viewer" ref={root}>
      <Switch>
        <Match when={state().kind === "asking"}>
          <EmptyState
            icon={Box}
            title={props.name}
            text={labels()("large", { size: formatMegabytes(props.size ?? 0, locale()) })}
            actions={<Button onClick={() => void load()}>{labels()("loadAnyway")}</Button>}
          />
        </Match>
        <Match when={loading()}>
          {(now) => <ViewerLoading now={now()} name={props.name} labels={labels()} />}
        </Match>
        <Match when={failed()}>
          {(now) => (
            <ViewerFailure
              error={now().error}
              labels={labels()}
              onRetry={() => void load()}
            />
          )}
        </Match>
        <Match when={mesh()} keyed>
          {(mesh) => {
            const texts = createMemo(() => describe(mesh, props.name, labels(), locale()));
            return (
              <>
                <ModelCanvas
                  mesh={mesh}
                  wireframe={wireframe()}
                  description={texts().picture}
                  labels={labels()}
                  onScene={setScene}
                />
                <Show when={!mesh.complete}>
                  <p class="viewer-notice" role="status">{labels()("incomplete")}</p>
                </Show>
                <div class="viewer-bar">
                  <p class="viewer-facts">
                    <span title={labels()("dimensionsLabel")}>{texts().dimensions}</span>
                    <span>{texts().triangles}</span>
                  </p>
                  <Show when={scene()}>
                    {(scene) => (
                      <>
                        <IconButton
                          icon={Grid3x3}
                          label={labels()("wireframe")}
                          aria-pressed={wireframe()}
                          onClick={() => setWireframe(!wireframe())}
                        />
                        <IconButton
                          icon={Scan}
                          label={labels()("reset")}
                          onClick={() => scene().reset()}
                        />
                      </>
                    )}
                  </Show>
                </div>
              </>
            );
          }}
        </Match>
      </Switch>
    </div>
  );
}

function narrowed<K extends State["kind"]>(state: State, kind: K) {
  return isOfKind(state, kind) ? state : undefined;
}

function isOfKind<K extends State["kind"]>(
  state: State,
  kind: K,
): state is Extract<State, { kind: K }> {
  return state.kind === kind;
}

function describe(mesh: DisplayMesh, name: string, labels: ViewerLabels, locale: string) {
  const sides = sidesOf(mesh.bounds);
  const [x, y, z] = sides.map((side) => formatLength(side, Math.max(...sides), locale));
  const count = mesh.triangles.toLocaleString(locale);
  const dimensions = labels("dimensions", { x: x ?? "", y: y ?? "", z: z ?? "" });
  return {
    dimensions,
    triangles: labels("triangles", { count }),
    picture: labels("picture", { name, dimensions, triangles: count }),
  };
}
