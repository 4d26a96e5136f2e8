/** Processes below one, itself included, as `ps` sees them. Not on Windows. */
export async function treeOf(pid: number): Promise<number[]> {
  const pairs = await parents();
  const found = [pid];
  // It grows while it is walked.
  for (const parent of found) {
    for (const [child = 0, of] of pairs) if (of === parent) found.push(child);
  }
  return found;
}

/** What has started a process, 0 when that is gone. */
export async function parentOf(pid: number): Promise<number> {
  return (await parents()).find(([child]) => child === pid)?.[1] ?? 0;
}

/** All processes, each with its parent. */
async function parents(): Promise<number[][]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-eo", "pid=,ppid="] }).output();
  return new TextDecoder().decode(stdout).trim().split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
}

/** Milliseconds until none of the processes is there any more. */
export async function timeUntilGone(pids: readonly number[], limit = 10_000): Promise<number> {
  const start = performance.now();
  while (pids.some(isRunning)) {
    if (performance.now() - start > limit) {
      throw new Error(`Still there: ${pids.filter(isRunning).join(", ")}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return performance.now() - start;
}

/** One that has ended but was not asked for by its parent yet does not count. */
function isRunning(pid: number): boolean {
  const { stdout } = new Deno.Command("ps", { args: ["-o", "stat=", "-p", String(pid)] })
    .outputSync();
  const state = new TextDecoder().decode(stdout).trim();
  return state !== "" && !state.startsWith("Z");
}
