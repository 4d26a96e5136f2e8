import { createMemo, createSignal, type JSX, onCleanup } from "solid-js";
import { useI18n } from "../../i18n/i18n.tsx";
import { onFresh, useApp } from "../../stores/app.tsx";

/** Seconds that are shown; one sample each. */
const SPAN = 300;
const WIDTH = 600;
const HEIGHT = 72;
/** Bytes a second: slower lines do not fill the chart. */
const LOWEST_TOP = 1e6;

/** Throughput of the last five minutes. */
export function SpeedChart(): JSX.Element {
  const { bridge, progress } = useApp();
  const { t, format } = useI18n();
  const [samples, setSamples] = createSignal<readonly number[]>([]);
  const ask = () =>
    void bridge.call("downloads.speed", {}).then(
      (answer) => setSamples(answer.samples.slice(-SPAN)),
      () => {},
    );
  onCleanup(onFresh(bridge, ask));
  const timer = setInterval(ask, 1000);
  onCleanup(() => clearInterval(timer));
  const top = createMemo(() => Math.max(LOWEST_TOP, ...samples()) * 1.1);
  const line = createMemo(() => {
    const shown = samples();
    const step = WIDTH / (SPAN - 1);
    const start = WIDTH - (shown.length - 1) * step;
    return shown.map((speed, index) =>
      `${(start + index * step).toFixed(1)},${(HEIGHT - speed / top() * HEIGHT).toFixed(1)}`
    ).join(" ");
  });
  const area = () => {
    if (samples().length < 2) return "";
    const start = WIDTH - (samples().length - 1) * WIDTH / (SPAN - 1);
    return `${start.toFixed(1)},${HEIGHT} ${line()} ${WIDTH},${HEIGHT}`;
  };
  return (
    <figure class="speed-chart">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t("views.downloads.chart", { speed: format().speed(progress().speed) })}
      >
        <polygon class="speed-chart-area" points={area()} />
        <polyline class="speed-chart-line" points={line()} vector-effect="non-scaling-stroke" />
      </svg>
      <figcaption aria-hidden="true">{format().speed(top() / 1.1)}</figcaption>
    </figure>
  );
}
