import type { DisplayMesh } from "./display_mesh.ts";
import type { Limits } from "./parse/limits.ts";
import type { ParseErrorCode } from "./parse/parse_error.ts";

/** What the worker is asked. */
export interface ParseRequest {
  /** Handed over: the page cannot use them afterwards. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Says the format. */
  readonly fileName: string;
  readonly limits: Limits;
}

/** What it answers. */
export type ParseAnswer =
  | { readonly mesh: DisplayMesh }
  | { readonly error: { readonly code: ParseErrorCode; readonly message: string } };

/** Parses one file, somewhere where it does not hold up the page. */
export interface ModelParser {
  /** May never answer; rejects when the parser broke. */
  parse(request: ParseRequest): Promise<ParseAnswer>;
  /** Ends it, whatever it is doing, and gives back its memory. */
  end(): void;
}

/** A parser in a worker of its own. */
export function startModelParser(): ModelParser {
  const worker = new Worker(new URL("./parse_worker.ts", import.meta.url), { type: "module" });
  return {
    parse(request) {
      return new Promise((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<ParseAnswer>) => resolve(data);
        worker.onerror = (event) => {
          event.preventDefault();
          reject(new Error(event.message));
        };
        worker.postMessage(request, [request.bytes.buffer]);
      });
    },
    end: () => worker.terminate(),
  };
}
