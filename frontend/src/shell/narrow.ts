import { type Accessor, createSignal, onCleanup } from "solid-js";

/** Whether the window is too narrow for a sidebar with texts; sidebar.css says the same. */
export function createNarrow(): Accessor<boolean> {
  const query = matchMedia("(max-width: 999px)");
  const [narrow, setNarrow] = createSignal(query.matches);
  const hear = () => setNarrow(query.matches);
  query.addEventListener("change", hear);
  onCleanup(() => query.removeEventListener("change", hear));
  return narrow;
}
