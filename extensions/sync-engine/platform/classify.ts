/** Turns what the world answers and throws into the closed union of failures. */
export { classifyStatus, type ClassifyStatusOptions } from "./classify_status.ts";
export { classifyDiskError, classifyThrown } from "./classify_thrown.ts";
