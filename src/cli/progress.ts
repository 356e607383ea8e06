import { Presets, SingleBar } from "cli-progress";

export type Progress = {
  readonly update: (done: number, total: number, note?: string) => void;
  readonly stop: () => void;
};

const patienceMs = 2000;

/**
 * A bar with rate and time left on standard error, shown once the work has taken two seconds; where that is no terminal,
 * a line every ten seconds. `count` gives what the rate counts when it is not what the bar measures (bytes, say).
 */
export function startProgress(title: string, unit: string, count?: () => number): Progress {
  const started = performance.now();
  const terminal = process.stderr.isTTY === true;
  let bar: SingleBar | null = null;
  let lastLine = started;
  return {
    update: (done, total, note = "") => {
      const elapsed = performance.now() - started;
      if (elapsed < patienceMs) return;
      const counted = count?.() ?? done;
      const rate = `${Math.round((counted * 1000) / elapsed).toLocaleString("en")} ${unit}/s`;
      if (!terminal) {
        if (performance.now() - lastLine < 10_000) return;
        lastLine = performance.now();
        const left = done > 0 ? Math.round(((total - done) / done) * (elapsed / 1000)) : null;
        console.error(
          `${title}: ${percent(done, total)}, ${rate}${left === null ? "" : `, about ${left} s left`} ${note}`,
        );
        return;
      }
      if (bar === null) {
        const format = `${title} {bar} {percentage}% | {rate} | {left} left {note}`;
        bar = new SingleBar({ format, hideCursor: true, clearOnComplete: true, etaBuffer: 50 }, Presets.shades_classic);
        bar.start(total, done, { rate, left: "?", note });
      }
      bar.setTotal(total);
      const left = done > 0 ? formatSeconds(((total - done) / done) * (elapsed / 1000)) : "?";
      bar.update(done, { rate, left, note });
    },
    stop: () => bar?.stop(),
  };
}

const percent = (done: number, total: number): string => (total === 0 ? "0%" : `${Math.floor((100 * done) / total)}%`);

const formatSeconds = (seconds: number): string =>
  seconds < 90
    ? `${Math.ceil(seconds)} s`
    : seconds < 5400
      ? `${Math.round(seconds / 60)} min`
      : `${(seconds / 3600).toFixed(1)} h`;
