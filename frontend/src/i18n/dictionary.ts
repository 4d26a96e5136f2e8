import type { dictionary as english } from "./en/index.ts";

/** A dictionary with the keys of the English one; texts may differ, parameters may not. */
export type Dictionary = Translated<typeof english>;

type Translated<T> = {
  readonly [K in keyof T]: T[K] extends string ? string
    : T[K] extends (...args: infer A) => string ? (...args: A) => string
    : Translated<T[K]>;
};
