import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import solid from "vite-plugin-solid";

const below = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: below("."),
  // The desktop host and the browser host serve it from different places.
  base: "./",
  plugins: [solid()],
  build: {
    outDir: below("../resources"),
    // The icons stay.
    emptyOutDir: false,
    target: "safari16",
    manifest: "assets/manifest.json",
    // Inlined files would be `data:` scripts and styles, which the content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
});
