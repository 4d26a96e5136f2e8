/**
 * The stand-in as a process, so that it can be killed: `main.ts --path=<bundle> [--event-delay=44]`.
 *
 * Standard output: first `{"url", "port", "tokens"}`, then `{"call": "<native method>"}` for each native call. Standard
 * input, one JSON text a line: `{"folder": "<path>"}` for the answer to the next folder dialog, `{"closeWindow": true}`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import * as v from "valibot";
import { readLines } from "../../extensions/sync-engine/plugins/lines.ts";
import { startHost } from "./host.ts";

const CommandSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.union([
    v.object({ folder: v.string() }),
    v.object({ closeWindow: v.literal(true) }),
  ]),
);

const LONGEST_LINE = 64 * 1024;

const { values } = parseArgs({
  options: {
    path: { type: "string", default: "." },
    "event-delay": { type: "string", default: "0" },
  },
});

const say = (value: unknown) =>
  Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(value)}\n`));

let answerDialog = Promise.withResolvers<string>();
const host = await startHost({
  path: values.path,
  eventDelay: Number(values["event-delay"]),
  async folderDialog() {
    const folder = await answerDialog.promise;
    answerDialog = Promise.withResolvers<string>();
    return folder;
  },
  onCall: (call) => say({ call }),
});
say({ url: host.url, port: host.port, tokens: host.tokens });

for await (const line of readLines(Deno.stdin.readable, LONGEST_LINE)) {
  const command = v.parse(CommandSchema, line);
  if ("folder" in command) answerDialog.resolve(command.folder);
  else host.closeWindow();
}
// Whoever started this is gone.
Deno.exit(0);
