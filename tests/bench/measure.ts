/** One finished run of a command. */
export interface Run {
  readonly seconds: number;
  /** Largest resident set of the process in MB. */
  readonly peakMB: number;
}

/** A command as `Deno.Command` takes it. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * Runs a whole process and measures it from outside.
 *
 * @throws {Error} When it does not exit with 0: a failed run has no time.
 */
export async function measure({ program, args }: Command): Promise<Run> {
  const started = performance.now();
  const child = new Deno.Command(program, { args: [...args], stdout: "null", stderr: "piped" })
    .spawn();
  const errors = new Response(child.stderr).text();
  let peakMB = 0;
  const timer = setInterval(() => peakMB = Math.max(peakMB, residentPeak(child.pid)), 20);
  const { success, code } = await child.status;
  const seconds = (performance.now() - started) / 1000;
  clearInterval(timer);
  if (!success) throw new Error(`${program} ended with ${code}: ${(await errors).slice(-2000)}`);
  return { seconds, peakMB };
}

/** The kernel's own high-water mark (proc(5), VmHWM) in MB; 0 where there is no /proc. */
function residentPeak(pid: number): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1000;
  } catch {
    return 0;
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper;
}

/** A program's path, installing Debian's package where it is missing and that is possible; null when it cannot be had. */
export async function findProgram(name: string, debianPackage = name): Promise<string | null> {
  return await which(name) ?? (await install(debianPackage) ? await which(name) : null);
}

async function which(name: string): Promise<string | null> {
  const { success, stdout } = await new Deno.Command("sh", {
    args: ["-c", `PATH="$PATH:/usr/sbin" command -v ${name}`],
  }).output();
  return success ? new TextDecoder().decode(stdout).trim() : null;
}

async function install(debianPackage: string): Promise<boolean> {
  const script =
    `apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq ${debianPackage}`;
  const { success } = await new Deno.Command("sh", { args: ["-c", script] }).output();
  return success;
}
