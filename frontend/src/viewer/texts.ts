/** What the viewer says, in English; `{{ name }}` is filled in. Also the keys for other languages. */
export const VIEWER_TEXTS = {
  picture: "3-D view of {{ name }}, {{ dimensions }}, {{ triangles }} triangles",
  keys: "Arrow keys turn the model, plus and minus zoom, 0 shows it whole again.",
  dimensions: "{{ x }} × {{ y }} × {{ z }} mm",
  dimensionsLabel: "Width × depth × height",
  triangles: "{{ count }} triangles",
  loading: "Loading {{ name }}…",
  loaded: "{{ loaded }} of {{ total }}",
  preparing: "Preparing the file…",
  reset: "Show the whole model",
  wireframe: "Wireframe",
  incomplete: "Part of the file is missing or damaged. This is what can be read.",
  large: "This model is large ({{ size }}) and may take a while.",
  loadAnyway: "Load anyway",
  retry: "Try again",
  noWebGl: "No 3-D picture here: WebGL is missing",
  contextLost: "The graphics card took a break. The picture comes back by itself.",
  damaged: "This file is damaged or not what its name says",
  empty: "This file contains no model",
  tooLarge: "This file is too large to be shown",
  unsupported: "This kind of file cannot be shown",
  unreachable: "The file could not be read",
  timedOut: "This file takes too long to prepare",
  password: "This file asks for a password. Open it in another program",
  page: "Page {{ page }} of {{ pages }}",
  previousPage: "Previous page",
  nextPage: "Next page",
  fitWidth: "Fit to the width",
} as const;

export type ViewerText = keyof typeof VIEWER_TEXTS;

/** Gives the text for a key in the user's language, parameters filled in. */
export type ViewerLabels = (key: ViewerText, params?: Readonly<Record<string, string>>) => string;

/** The English texts. */
export const englishLabels: ViewerLabels = (key, params = {}) =>
  VIEWER_TEXTS[key].replace(/\{\{ (\w+) \}\}/g, (whole, name: string) => params[name] ?? whole);
