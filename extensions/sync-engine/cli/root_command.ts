import { Command, InvalidArgumentError } from "@commander-js/extra-typings";
import { VERSION } from "./version.ts";

/** Takes what commander has to say. */
export interface Prints {
  asked(text: string): void;
  /** Its errors, which come back as exceptions too, and help that nobody asked for. */
  unasked(text: string): void;
}

/** The command line before any command is added. Its options hold for every command. */
export function createRoot({ asked, unasked }: Prints) {
  return new Command("mmfsync")
    .description("Mirrors the 3-D model library that you own to your disk, verified.")
    .version(VERSION)
    .option("--json", "print one JSON object a line, for programs")
    .option("--root <dir>", "folder of the library")
    .option("--app-data <dir>", "folder of the profile (or MMFSYNC_HOME)")
    .option("--key-file <file>", "passphrase of the encrypted sign-ins (or MMFSYNC_KEY)")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: asked, writeErr: unasked })
    .exitOverride();
}

/** The type that carries the common options into the commands. */
export type Root = ReturnType<typeof createRoot>;

/** A parser of whole numbers for options. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

/** A parser for options that can be given more than once. */
export function collect(text: string, before: string[] | undefined): string[] {
  return [...before ?? [], text];
}
