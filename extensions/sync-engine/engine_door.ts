import type { Engine } from "./engine.ts";

/** What can be seen of an object or a class. */
type Seen<T> = T extends (...args: never[]) => unknown ? T : Pick<T, keyof T>;

/** What those who drive an engine ask of it. */
export type EngineDoor = { readonly [K in keyof Engine]: Seen<Engine[K]> };
