/**
 * Of Deno, for every process that is an engine. V8 lets its young generation grow to 16 MiB thrice; what the engine throws
 * away lives shorter than that. With 4 MiB it works a queue of 3,000 small files off in 115 MB instead of 155, and a little
 * faster. A `.mjs`, so that Node can read it, too.
 */
export const ENGINE_FLAGS = ["--v8-flags=--max-semi-space-size=4"];
