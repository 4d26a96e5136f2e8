import type { Random } from "./ports.ts";

/** The machine's own chance. Good for jitter and sampling; secrets come from `node:crypto`. */
export const systemRandom: Random = { next: () => Math.random() };
