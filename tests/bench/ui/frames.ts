/** What the page measured about itself; times in milliseconds. */
export interface FrameReport {
  readonly frames: number;
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  /** Share of frames within 16.7 ms and a half, as displays of 60 Hz jitter. */
  readonly withinFrame: number;
  /** Main-thread tasks over 50 ms, and the longest. */
  readonly longTasks: number;
  readonly longestTask: number;
}

/** Runs in the page: starts writing down frames and long tasks. */
export function startFrames(): void {
  const times: number[] = [];
  const tasks: number[] = [];
  let last = performance.now();
  let running = true;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  });
  observer.observe({ entryTypes: ["longtask"] });
  const frame = (now: number) => {
    times.push(now - last);
    last = now;
    if (running) requestAnimationFrame(frame);
  };
  requestAnimationFrame((now) => {
    last = now;
    requestAnimationFrame(frame);
  });
  Object.assign(globalThis, {
    stopFrames() {
      running = false;
      for (const { duration } of observer.takeRecords()) tasks.push(duration);
      observer.disconnect();
      const sorted = times.toSorted((a, b) => a - b);
      const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
      return {
        frames: times.length,
        p50: at(0.5),
        p99: at(0.99),
        longest: at(1),
        withinFrame: times.filter((ms) => ms <= 17.2).length / Math.max(1, times.length),
        longTasks: tasks.length,
        longestTask: Math.max(0, ...tasks),
      };
    },
  });
}

/** Runs in the page: scrolls an element from top to bottom over so many milliseconds. */
export async function scrollThrough([selector, ms]: [string, number]): Promise<void> {
  const element = document.querySelector(selector);
  if (!element) throw new Error(`No ${selector}`);
  const start = performance.now();
  const end = element.scrollHeight - element.clientHeight;
  await new Promise<void>((done) => {
    const step = (now: number) => {
      const share = Math.min(1, (now - start) / ms);
      element.scrollTop = share * end;
      if (share < 1) requestAnimationFrame(step);
      else done();
    };
    requestAnimationFrame(step);
  });
}
