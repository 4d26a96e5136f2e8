/**
 * The contract between the engine and whoever drives it: methods with their parameters, and events.
 * Frames are JSON texts: `{id, method, params}` is answered by `{id, result}` or `{id, error}`; events
 * are `{event, data}`. Lists are paged; the whole library is never sent.
 *
 * @module
 */
export * from "./protocol/events.ts";
export * from "./protocol/frames.ts";
export * from "./protocol/methods.ts";
export * from "./protocol/results.ts";
