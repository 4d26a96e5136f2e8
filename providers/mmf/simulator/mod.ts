/**
 * A look-alike of MyMiniFactory on loopback, for tests, the demo and benchmarks. Addresses in its answers carry the
 * real host names; clients map origins by `connectTo`.
 *
 * @module
 */

export { startSimulator } from "./simulator.ts";
export type { Simulator } from "./simulator.ts";
export type { Quota, SimulatorOptions } from "./options.ts";
export type { LinkTally } from "./site/throttle.ts";
export type { Auth } from "./auth/auth_server.ts";
export type { World } from "./site/world.ts";
export type { Listing } from "./site/previews.ts";
export type { ReferenceFile } from "./site/reference.ts";
export type { LoggedRequest, RequestLog } from "./http/request_log.ts";
export type { Fault, FaultHandle, Faults, FaultScope } from "./http/faults.ts";
