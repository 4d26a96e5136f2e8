import * as v from "valibot";
import { classifyThrown } from "../platform/classify.ts";
import { SyncError } from "../platform/errors.ts";
import { type Method, METHODS, type Params, RequestSchema, type Results } from "../protocol.ts";
import { toFrameError } from "../frame_error.ts";

/** One function for each method of the protocol. Parameters arrive validated; answers are held to by their types. */
export type Handlers = {
  readonly [M in Method]: (params: Params<M>) => Results[M] | Promise<Results[M]>;
};

/** Longest frame that is read, in UTF-16 units. */
export const MAX_FRAME = 1024 * 1024;

/** Hears of a fault of the program while it worked on a method. Must not throw. */
export type OnFault = (method: string, thrown: unknown) => void;

/**
 * Answers one frame. Any input, however broken, is answered by a frame; this never throws.
 *
 * @returns The answering frame as JSON; its id is null when the frame's own could not be read.
 */
export async function dispatch(
  handlers: Handlers,
  frame: string,
  onFault: OnFault,
): Promise<string> {
  let id: string | number | null = null;
  let method = "";
  try {
    const raw = parseJson(frame);
    id = readId(raw);
    const request = v.parse(RequestSchema, raw);
    method = request.method;
    const result = await call(handlers, request.method, request.params);
    return JSON.stringify({ id, result });
  } catch (error) {
    const failure = v.isValiError(error)
      ? new SyncError("badInput", `The request is not valid: ${describe(error)}`)
      : classifyThrown(error);
    if (failure.kind === "bug") onFault(method, error);
    return JSON.stringify({ id, error: toFrameError(failure) });
  }
}

async function call(handlers: Handlers, method: string, params: unknown): Promise<unknown> {
  if (!isMethod(method)) {
    throw new SyncError("badInput", `There is no method "${method.slice(0, 100)}"`);
  }
  return await invoke(handlers, method, params);
}

async function invoke<M extends Method>(
  handlers: Handlers,
  method: M,
  params: unknown,
): Promise<unknown> {
  // METHODS[method] is the schema whose output is Params<M>; TypeScript cannot follow the index.
  const valid = v.parse(METHODS[method], params) as Params<M>;
  return await handlers[method](valid);
}

function isMethod(method: string): method is Method {
  return Object.hasOwn(METHODS, method);
}

function parseJson(frame: string): unknown {
  if (frame.length > MAX_FRAME) {
    throw new SyncError("badInput", `The request is longer than ${MAX_FRAME} characters`);
  }
  try {
    return JSON.parse(frame);
  } catch (cause) {
    throw new SyncError("badInput", "The request is not JSON", { cause });
  }
}

function readId(raw: unknown): string | number | null {
  const result = v.safeParse(v.object({ id: RequestSchema.entries.id }), raw);
  return result.success ? result.output.id : null;
}

function describe({ issues }: { readonly issues: readonly v.BaseIssue<unknown>[] }): string {
  return issues.map((issue) => {
    const path = v.getDotPath(issue);
    return path === null ? issue.message : `${path}: ${issue.message}`;
  }).join("; ").slice(0, 500);
}
