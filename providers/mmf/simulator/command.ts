import * as v from "valibot";
import { type Fault, FAULT_MODES } from "./http/faults.ts";
import type { Simulator } from "./simulator.ts";

const changeSchema = v.picklist([
  "replaceArchive",
  "addArchive",
  "removeArchive",
  "withdrawObject",
  "revokeObject",
  "lockObject",
  "deleteObject",
  "restoreObject",
  "listObject",
  "changeImages",
  "renameFile",
]);

const worldSchema = v.union([
  v.tuple([changeSchema, v.number()]),
  v.tuple([v.literal("renameObject"), v.number(), v.string()]),
  v.tuple([v.literal("addObject")]),
  v.tuple([v.literal("signIn"), v.picklist(["session", "token"]), v.boolean()]),
]);

const faultSchema = v.looseObject({
  on: v.picklist(["www", "storage", "images", "auth"]),
  path: v.optional(v.string(), ""),
  times: v.optional(v.number(), Infinity),
  after: v.optional(v.number(), 0),
  mode: v.picklist(FAULT_MODES),
});

const authSchema = v.union([
  v.tuple([v.picklist(["expireAccess", "revokeAll"])]),
  v.tuple([v.literal("registerRedirect"), v.string()]),
]);

const commandSchema = v.union([
  v.strictObject({ auth: authSchema }),
  v.strictObject({ world: worldSchema }),
  v.strictObject({ fault: faultSchema }),
  v.strictObject({ clearFaults: v.literal(true) }),
]);

/** An order to a running simulator. */
export type Command = v.InferOutput<typeof commandSchema>;

/**
 * Reads a command from its JSON text.
 *
 * @throws {Error} If it is not one.
 */
export function parseCommand(line: string): Command {
  return v.parse(commandSchema, JSON.parse(line));
}

/** Does what the command says; answers what the world answers. */
export function runCommand({ world, faults, auth }: Simulator, command: Command): unknown {
  if ("auth" in command) {
    const [name, uri] = command.auth;
    return name === "registerRedirect" ? auth.registerRedirect(uri ?? "") : auth[name]();
  }
  if ("clearFaults" in command) return faults.clear();
  if ("fault" in command) {
    const { on, path, times, after, ...fault } = command.fault;
    // The mode is checked above; its parameters are the caller's own, in tests.
    faults.add({ on, path, times, after }, fault as Fault);
    return;
  }
  const order = command.world;
  switch (order[0]) {
    case "addObject":
      return world.addObject();
    case "renameObject":
      return world.renameObject(order[1], order[2]);
    case "signIn":
      return world.signIn(order[1], order[2]);
    default:
      return world[order[0]](order[1]);
  }
}
