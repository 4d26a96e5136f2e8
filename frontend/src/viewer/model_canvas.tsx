import Box from "lucide-solid/icons/box";
import { createEffect, createSignal, type JSX, onCleanup, onMount, Show } from "solid-js";
import { EmptyState } from "../ui/empty_state.tsx";
import type { DisplayMesh } from "./display_mesh.ts";
import type { ModelScene } from "./scene/scene.ts";
import type { ViewerLabels } from "./texts.ts";

/** A canvas with one model; for another model, another canvas. */
export function ModelCanvas(props: {
  readonly mesh: DisplayMesh;
  readonly wireframe: boolean;
  /** The picture in words. */
  readonly description: string;
  readonly labels: ViewerLabels;
  /** Gives the scene as soon as it is there. */
  readonly onScene: (scene: ModelScene) => void;
}): JSX.Element {
  const [state, setState] = createSignal<"starting" | "drawn" | "lost" | "impossible">("starting");
  const [scene, setScene] = createSignal<ModelScene>();
  let isGone = false;

  const canvas = (
    <canvas
      class="viewer-canvas"
      tabIndex={0}
      role="img"
      aria-label={props.description}
      aria-description={props.labels("keys")}
    />
  );

  onMount(async () => {
    const { createModelScene } = await import("./scene/scene.ts");
    if (isGone || !(canvas instanceof HTMLCanvasElement)) return;
    const made = createModelScene(canvas, props.mesh, (isThere) => {
      setState(isThere ? "drawn" : "lost");
    });
    setState(made === null ? "impossible" : "drawn");
    if (made === null) return;
    setScene(made);
    props.onScene(made);
  });
  createEffect(() => scene()?.setWireframe(props.wireframe));
  onCleanup(() => {
    isGone = true;
    scene()?.dispose();
  });

  return (
    <>
      <Show when={state() !== "impossible"}>{canvas}</Show>
      <Show when={state() === "impossible"}>
        <div role="status">
          <EmptyState icon={Box} title={props.labels("noWebGl")} />
        </div>
      </Show>
      <Show when={state() === "lost"}>
        <p class="viewer-notice" role="status">{props.labels("contextLost")}</p>
      </Show>
    </>
  );
}
