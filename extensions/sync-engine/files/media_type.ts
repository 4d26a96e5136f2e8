const TYPES: ReadonlyMap<string, string> = new Map([
  ["3mf", "model/3mf"],
  ["7z", "application/x-7z-compressed"],
  ["gif", "image/gif"],
  ["glb", "model/gltf-binary"],
  ["gltf", "model/gltf+json"],
  ["gz", "application/gzip"],
  ["jpeg", "image/jpeg"],
  ["jpg", "image/jpeg"],
  ["md", "text/markdown"],
  ["mtl", "model/mtl"],
  ["obj", "model/obj"],
  ["pdf", "application/pdf"],
  ["ply", "application/ply"],
  ["png", "image/png"],
  ["rar", "application/vnd.rar"],
  ["step", "model/step"],
  ["stl", "model/stl"],
  ["stp", "model/step"],
  ["svg", "image/svg+xml"],
  ["tar", "application/x-tar"],
  ["txt", "text/plain"],
  ["webp", "image/webp"],
  ["zip", "application/zip"],
]);

/** Media type after the extension (IANA's registry, else what is customary), null for others. */
export function mediaType(name: string): string | null {
  return TYPES.get(name.slice(name.lastIndexOf(".") + 1).toLowerCase()) ?? null;
}
