import * as v from "valibot";
import { SyncError } from "../platform/errors.ts";

const IntroductionSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    nlPort: v.pipe(v.string(), v.regex(/^\d{1,5}$/)),
    nlToken: v.string(),
    nlConnectToken: v.string(),
    nlExtensionId: v.string(),
  }),
);

/** What the Neutralinojs host writes to an extension's standard input: all four are texts. */
export type Introduction = v.InferOutput<typeof IntroductionSchema>;

/** @throws {SyncError} `badInput` when it is none, as when a person called this. */
export function introductionIn(text: string): Introduction {
  const parsed = v.safeParse(IntroductionSchema, text);
  if (parsed.success) return parsed.output;
  throw new SyncError("badInput", "Only the window's host can call this");
}
