import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectPath } from "../support/profile.ts";
import { playScenario } from "./play_scenario.ts";
import { parseScenario } from "./scenario.ts";

const FOLDER = projectPath("tests/scenarios");

/** Writes what came out instead of comparing it. The difference is for a person to look at. */
const IS_RECORDING = Deno.env.get("MMFSYNC_GOLDEN") === "write";

const names = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();

test.each(names)("%s ends as it is recorded", async (name) => {
  const scenario = parseScenario(readFileSync(join(FOLDER, name, "scenario.toml"), "utf8"));
  const golden = join(FOLDER, name, "golden.txt");
  const told = await playScenario(scenario);
  if (IS_RECORDING) writeFileSync(golden, told);
  const recorded = existsSync(golden) ? readFileSync(golden, "utf8") : "";
  expect(told, `${golden} (MMFSYNC_GOLDEN=write records anew)`).toBe(recorded);
});
