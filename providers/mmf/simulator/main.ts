/**
 * Runs the simulator as a process: prints `{connectTo, session, token, key, app, publicApp}` as one line of JSON, then serves
 * until SIGTERM, SIGINT or the end of its standard input.
 *
 * Standard input takes commands, one JSON text a line, and answers each with a line:
 * `{"world": ["replaceArchive", 100003]}`, `{"fault": {"on": "storage", "path": "x", "times": 1, "mode": "reset"}}`,
 * `{"clearFaults": true}`, `{"auth": ["expireAccess"]}`.
 *
 * @module
 */

import { open } from "node:fs/promises";
import process from "node:process";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { parseCommand, runCommand } from "./command.ts";
import { optionsFromFlags } from "./flags.ts";
import { startSimulator } from "./mod.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    library: { type: "string" },
    objects: { type: "string" },
    "files-per-object": { type: "string" },
    "file-size": { type: "string" },
    images: { type: "string" },
    "no-oddities": { type: "boolean" },
    lifelike: { type: "boolean" },
    "lease-seconds": { type: "string" },
    "access-seconds": { type: "string" },
    "rotates-refresh": { type: "boolean" },
    quota: { type: "string" },
    "cache-bytes": { type: "string" },
    "bytes-per-second": { type: "string" },
    log: { type: "string" },
    warm: { type: "boolean" },
    "ignore-stdin": { type: "boolean" },
  },
});

const logFile = values.log === undefined ? null : await open(values.log, "a");
let written = Promise.resolve();
const simulator = await startSimulator(optionsFromFlags(values), {
  onRequest(request) {
    written = written.then(async () => {
      await logFile?.write(JSON.stringify(request) + "\n");
    });
  },
});
if (values.warm) simulator.warm();

const say = (value: unknown) => void process.stdout.write(JSON.stringify(value) + "\n");

async function stop() {
  await simulator.close();
  await written;
  await logFile?.close();
  process.exit(0);
}
process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());

if (!values["ignore-stdin"]) {
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    if (line.trim() === "") return;
    try {
      say({ ok: runCommand(simulator, parseCommand(line)) ?? null });
    } catch (error) {
      say({ error: error instanceof Error ? error.message : String(error) });
    }
  });
  lines.on("close", () => void stop());
}

// Last, since whoever reads it may send a signal or a command at once.
const { connectTo, session, token, key, auth: { app, publicApp } } = simulator;
say({ connectTo, session, token, key, app, publicApp });
