import { readLedger } from "./ledger.ts";
import { describe, type Scenario } from "./scenario.ts";
import { Stage } from "./stage.ts";
import { changes } from "./tree.ts";

/**
 * Plays a scenario and tells it: each step with what it brought, and how it stands with library and queue at the end.
 *
 * @throws {Error} If one more sync would change something.
 */
export async function playScenario({ title, site, steps }: Scenario): Promise<string> {
  await using stage = await Stage.open(site);
  const lines = [`# ${title}`, ""];
  for (const [i, step] of steps.entries()) {
    lines.push(`${i + 1}. ${describe(step)}`);
    lines.push(...(await stage.play(step)).map((line) => `   ${line}`));
  }
  lines.push("", ...readLedger(stage.world.profile.engine));
  const before = stage.tree();
  const more = await stage.play({ app: "sync" });
  const fetched = more.filter((line) => line.startsWith("fetched"));
  const restless = [...fetched, ...changes(before, stage.tree())];
  if (restless.length > 0) throw new Error(`One more sync is not quiet:\n${restless.join("\n")}`);
  return `${lines.map(visible).join("\n")}\n`;
}

/** Names hold what cannot be seen, or is not what it looks like. */
function visible(line: string): string {
  return line.replace(
    /[\p{Cc}\p{Cf}\p{M}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
