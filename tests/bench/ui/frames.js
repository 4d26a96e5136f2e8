// Runs in the page, put there before it loads: measures its frames and the tasks of its main thread. Milliseconds.

/** Starts writing down. */
globalThis.startFrames = () => {
  const times = [];
  const tasks = [];
  let last = null;
  let running = true;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  });
  observer.observe({ entryTypes: ["longtask"] });
  requestAnimationFrame(function frame(now) {
    if (last !== null) times.push(now - last);
    last = now;
    if (running) requestAnimationFrame(frame);
  });
  /** Stops, and tells. */
  globalThis.stopFrames = () => {
    running = false;
    for (const { duration } of observer.takeRecords()) tasks.push(duration);
    observer.disconnect();
    const sorted = times.toSorted((a, b) => a - b);
    const at = (share) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
    return {
      p50: at(0.5),
      p99: at(0.99),
      // A display of 60 Hz jitters by half a millisecond.
      withinFrame: times.filter((ms) => ms <= 17.2).length / Math.max(1, times.length),
      longTasks: tasks.filter((ms) => ms > 50).length,
      longestTask: Math.max(0, ...tasks),
    };
  };
};

/** Scrolls an element from top to bottom over so many milliseconds. */
globalThis.scrollThrough = (selector, ms) => {
  const element = document.querySelector(selector);
  const start = performance.now();
  const end = element.scrollHeight - element.clientHeight;
  return new Promise((done) => {
    requestAnimationFrame(function step(now) {
      const share = Math.min(1, (now - start) / ms);
      element.scrollTop = share * end;
      if (share < 1) requestAnimationFrame(step);
      else done();
    });
  });
};

/**
 * What the display itself can do: scrolls a copy of an element that scrolls over it, its rows carried along by nothing
 * but this function. No code of the app has a part in it, and as much is drawn in each frame as when the app scrolls.
 */
globalThis.scrollCopy = async (selector, rowSelector, ms) => {
  const element = document.querySelector(selector);
  const copy = element.cloneNode(true);
  const { left, top, width, height } = element.getBoundingClientRect();
  Object.assign(copy.style, { position: "fixed", zIndex: 99 });
  for (const [name, px] of Object.entries({ left, top, width, height })) {
    copy.style[name] = `${px}px`;
  }
  document.body.append(copy);
  const rows = [...copy.querySelectorAll(rowSelector)];
  const rowHeight = rows[0].offsetHeight;
  let running = true;
  const scrolled = scrollThrough(`body > ${selector}`, ms).then(() => (running = false));
  requestAnimationFrame(function carry() {
    const first = Math.floor(copy.scrollTop / rowHeight);
    for (const [n, row] of rows.entries()) {
      row.style.transform = `translateY(${(first + n) * rowHeight}px)`;
    }
    if (running) requestAnimationFrame(carry);
  });
  await scrolled;
  copy.remove();
};
