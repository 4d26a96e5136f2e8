/** Takes the lock of the directory named by its argument, says how that went, and holds it until it is killed. */
import { systemClock } from "../../platform/clock.ts";
import { lockProfile } from "../lock.ts";

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

try {
  lockProfile(Deno.args[0] ?? "", { clock: systemClock });
  say("held");
} catch {
  say("refused");
}
