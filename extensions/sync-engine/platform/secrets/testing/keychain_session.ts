import { join } from "node:path";

/** Whether there is a real keychain to be had: gnome-keyring in a D-Bus session. */
export const HAS_KEYCHAIN = ["gnome-keyring-daemon", "dbus-run-session"].every((program) => {
  try {
    return new Deno.Command(program, { args: ["--version"], stdout: "null", stderr: "null" })
      .outputSync().success;
  } catch {
    return false;
  }
});

if (!HAS_KEYCHAIN) {
  // deno-lint-ignore no-console -- a skipped test must be heard
  console.warn(
    "SKIPPED: the tests against a real keychain, because gnome-keyring-daemon or dbus-run-session " +
      "is missing here (apt-get install gnome-keyring dbus)",
  );
}

/**
 * Starts a program of Deno in a D-Bus session of its own, with the keychain of `home`: nobody's real entries
 * are in reach, and what one command keeps the next one finds.
 */
export async function startInKeychain(
  home: string,
  args: readonly string[],
  { env = {}, unlocked = true }: {
    readonly env?: Readonly<Record<string, string>>;
    /** Whether the keychain is there and open. @default {true} */
    readonly unlocked?: boolean;
  } = {},
): Promise<Deno.ChildProcess> {
  const runtime = join(home, "run");
  await Deno.mkdir(runtime, { recursive: true, mode: 0o700 });
  const unlock = "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1";
  return new Deno.Command("dbus-run-session", {
    args: [
      "--",
      "sh",
      "-c",
      `${unlocked ? unlock : ":"}; exec "$0" "$@"`,
      Deno.execPath(),
      ...args,
    ],
    clearEnv: true,
    env: {
      PATH: Deno.env.get("PATH") ?? "",
      DENO_DIR: Deno.env.get("DENO_DIR") ?? join(home, "deno"),
      HOME: home,
      XDG_RUNTIME_DIR: runtime,
      XDG_DATA_HOME: join(home, "data"),
      ...env,
    },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}
