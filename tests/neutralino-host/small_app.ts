import { join } from "node:path";

/** Id of its extension, which is started only if the configuration says how. */
export const ENGINE = "test.engine";

/** Writes an application of one page into a new folder. */
export function writeApp(config: Readonly<Record<string, unknown>> = {}): string {
  const path = Deno.makeTempDirSync({ prefix: "mmfsync-app-" });
  Deno.mkdirSync(join(path, "resources"));
  Deno.writeTextFileSync(join(path, "resources/index.html"), "<title>Page</title>");
  Deno.writeTextFileSync(
    join(path, "neutralino.config.json"),
    JSON.stringify({
      applicationId: "test.app",
      url: "/",
      documentRoot: "/resources/",
      enableServer: true,
      enableNativeAPI: true,
      enableExtensions: true,
      extensions: [{ id: ENGINE }],
      serverHeaders: { "X-Test": "1" },
      modes: { window: { title: "Test" } },
      ...config,
    }),
  );
  return path;
}
