import { fileURLToPath } from "node:url";

/** Where the program's own files are. All paths absolute. */
export interface ProgramPaths {
  /** The program of the command line. */
  readonly main: string;
  /** Folder of the built-in providers' bundles, one folder each. */
  readonly providers: string;
  /** The program of a provider's process. */
  readonly sandboxChild: string;
  /** The built front end. */
  readonly resources: string;
  /** The program that opens the window; null in the source tree, which has none. */
  readonly window: string | null;
  /** The program of a provider's simulated site. */
  simulator(provider: string): string;
}

/** In the source tree every module is a file of its own; in a bundle all are one module beside the rest. */
const isBundle = !import.meta.url.endsWith(".ts");

/** @param path From where this module is. */
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export const PATHS: ProgramPaths = isBundle
  ? {
    main: at("engine.js"),
    providers: at("providers"),
    sandboxChild: at("sandbox_child.ts"),
    resources: at("resources"),
    window: at(Deno.build.os === "windows" ? "../mmfsync.exe" : "../mmfsync"),
    simulator: (provider) => at(`providers/${provider}/simulator.js`),
  }
  : {
    main: at("main.ts"),
    providers: at("../../../dist/providers"),
    sandboxChild: at("../plugins/sandbox_child.ts"),
    resources: at("../../../resources"),
    window: null,
    simulator: (provider) => at(`../../../providers/${provider}/simulator/main.ts`),
  };
