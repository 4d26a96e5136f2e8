import { dirname, join } from "node:path";
import type { UserStep } from "./scenario.ts";
import type { Stage } from "./stage.ts";

/** Does on the disk what a user, or the disk itself, does without the app. */
export async function actAsUser(step: UserStep, stage: Stage): Promise<string[]> {
  const at = (path: string) => join(stage.home, path);
  switch (step.user) {
    case "write":
      stage.provenance.learnText(step.text);
      await Deno.mkdir(dirname(at(step.path)), { recursive: true });
      await Deno.writeTextFile(at(step.path), step.text);
      break;
    case "remove":
      await Deno.remove(at(step.path), { recursive: true });
      break;
    case "rename":
      await Deno.mkdir(dirname(at(step.to)), { recursive: true });
      await Deno.rename(at(step.from), at(step.to));
      break;
    case "save": {
      const files = [...stage.world.simulator.reference()];
      const file = files.find(({ objectId, kind, name }) =>
        objectId === step.object && kind === "model" && (step.name ?? name) === name
      );
      if (!file) throw new Error(`The site has no such file of object ${step.object}`);
      await Deno.mkdir(dirname(at(step.as)), { recursive: true });
      await Deno.writeFile(at(step.as), file.bytes());
      break;
    }
    case "suffer": {
      const before = await Deno.readFile(at(step.path));
      const after = before.slice();
      after[step.at] = (before[step.at] ?? 0) ^ 0xff;
      stage.provenance.learnDamage(before, after);
      await Deno.writeFile(at(step.path), after);
      // Nobody has written to it since it came, by the clock of the app.
      await Deno.utime(at(step.path), 0, 0);
    }
  }
  return [];
}
