import type { Run, RunResult } from "../run.ts";

/** Programs that only remember how they were called. */
export interface FakeRun {
  readonly run: Run;
  /** What was run, in order. */
  readonly calls: readonly (readonly string[])[];
}

/** @param answer What a program answers. @default {success without output} */
export function fakeRun(
  answer: (argv: readonly string[]) => RunResult | Error = () => ({ code: 0, stdout: "" }),
): FakeRun {
  const calls: (readonly string[])[] = [];
  return {
    calls,
    run(argv) {
      calls.push(argv);
      const result = answer(argv);
      return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
    },
  };
}
