import type { Extension } from "./config.ts";

/** What the host writes to an extension's standard input: all four are strings. */
export interface Introduction {
  readonly nlConnectToken: string;
  readonly nlExtensionId: string;
  readonly nlPort: string;
  readonly nlToken: string;
}

/**
 * Starts an extension as the host does: through the shell, in a process group of its own, with one JSON text and the end
 * on its standard input. Nobody ends it, and nobody starts it again.
 */
export async function startExtension(
  extension: Extension,
  path: string,
  introduction: Introduction,
): Promise<void> {
  const command = commandOf(extension)?.replaceAll("${NL_PATH}", path);
  if (command === undefined) return;
  const windows = Deno.build.os === "windows";
  const child = new Deno.Command(windows ? "cmd.exe" : "/bin/sh", {
    args: [windows ? "/c" : "-c", command],
    stdin: "piped",
    // The host copies both to its own; here standard output is the channel to the test.
    stdout: "null",
    stderr: "inherit",
    // Harsher than the host, which makes only a group: of that the system ends what is stopped when the host goes.
    detached: true,
  }).spawn();
  // An extension must not keep the host from its end.
  child.unref();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(introduction)));
  await writer.close();
}

function commandOf(extension: Extension): string | undefined {
  const { command, commandLinux, commandDarwin, commandWindows } = extension;
  switch (Deno.build.os) {
    case "windows":
      return commandWindows ?? command;
    case "darwin":
      return commandDarwin ?? command;
    default:
      return commandLinux ?? command;
  }
}
