// Counts as bars: the scores of both classes back to back, and the latencies.
import { milliseconds, wholeNumber } from '../figure-text.ts';
import type { LatencyBin, ScoreHistogram } from '../histogram.ts';
import { bar, line, marker, plot, SHARE_TICKS, type Tick } from '../../report/plot.ts';

/** Frauds are few: only a logarithm shows both classes. A count of 1 must be seen, so it starts at a half. */
const COUNT_MIN = 0.5;

/** Genuine transactions upward from the middle, frauds downward, on one logarithmic scale. */
export function scoreChart({ genuine, frauds }: ScoreHistogram, threshold: number): string {
  const countMax = Math.max(10, ...genuine, ...frauds);
  const height = logScale(countMax, 0.5);
  const bars = (counts: readonly number[], name: string, sign: 1 | -1): string[] =>
    counts.map((count, bin) => {
      if (count === 0) return '';
      const [from, to] = [bin / counts.length, (bin + 1) / counts.length];
      const end = 0.5 + sign * height(count);
      const title = `${wholeNumber(count)} ${name} between ${from} and ${to}`;
      const [low, high] = [Math.min(0.5, end), Math.max(0.5, end)];
      return bar(
        name === 'frauds' ? 'fraud' : 'genuine',
        { x: from + 0.002, y: low },
        { x: to - 0.002, y: high },
        title,
      );
    });
  const ticks = decades(countMax).flatMap(({ count, text }) => [
    { at: 0.5 + height(count), text },
    { at: 0.5 - height(count), text },
  ]);
  return plot({
    description: 'How many scores fall where: genuine transactions above the line, frauds below',
    x: { name: 'score', ticks: SHARE_TICKS },
    y: { name: 'frauds  ·  genuine (log)', ticks },
    body: [
      ...bars(genuine, 'genuine', 1),
      ...bars(frauds, 'frauds', -1),
      line('axis', [
        { x: 0, y: 0.5 },
        { x: 1, y: 0.5 },
      ]),
      marker(threshold, `threshold ${threshold}`),
    ].join(''),
  });
}

/** `bins` are of equal width on a logarithmic scale. */
export function latencyChart(
  bins: readonly LatencyBin[],
  { p50, p99 }: { readonly p50: number; readonly p99: number },
): string {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  const shareMax = Math.max(...bins.map(({ count }) => count / total));
  const placeOf = (ms: number): number => {
    const bin = bins.findIndex(({ toMs }) => ms < toMs);
    if (bin < 0) return 1;
    const { fromMs, toMs } = bins[bin]!;
    const within = fromMs === 0 ? ms / toMs : Math.log(ms / fromMs) / Math.log(toMs / fromMs);
    return (bin + Math.min(1, Math.max(0, within))) / bins.length;
  };
  const everyOther = bins.length > 8 ? Math.ceil(bins.length / 6) : 1;
  return plot({
    description: `Latencies, half of them below ${milliseconds(p50)}, 99 % below ${milliseconds(p99)}`,
    x: {
      name: 'milliseconds from record to score (log)',
      ticks: bins.flatMap(({ fromMs }, bin) =>
        bin % everyOther === 0 ? [{ at: bin / bins.length, text: edgeText(fromMs) }] : [],
      ),
    },
    y: {
      name: 'share of scores',
      ticks: shareTicks(shareMax).map((share) => ({
        at: share / shareMax / 1.15,
        text: `${Number((100 * share).toPrecision(2))} %`,
      })),
    },
    body: [
      ...bins.map(({ fromMs, toMs, count }, bin) =>
        bar(
          'latency',
          { x: (bin + 0.06) / bins.length, y: 0 },
          { x: (bin + 0.94) / bins.length, y: count / total / shareMax / 1.15 },
          `${wholeNumber(count)} between ${edgeText(fromMs)} and ${edgeText(toMs)} ms`,
        ),
      ),
      marker(placeOf(p50), `p50 ${milliseconds(p50)}`, 0.97),
      marker(placeOf(p99), `p99 ${milliseconds(p99)}`, 0.91),
    ].join(''),
  });
}

const SHARE_STEPS = [0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

/** Round shares from 0 on, three or more of them where that can be. */
function shareTicks(shareMax: number): readonly number[] {
  const step = SHARE_STEPS.find((candidate) => shareMax / candidate >= 2.5) ?? SHARE_STEPS.at(-1)!;
  return Array.from({ length: Math.floor(shareMax / step) + 1 }, (_, index) => index * step);
}

/** Counts to heights of at most `heightMax`. */
function logScale(countMax: number, heightMax: number): (count: number) => number {
  return (count) => (heightMax * 0.94 * Math.log(count / COUNT_MIN)) / Math.log(countMax / COUNT_MIN);
}

/** 1, 10, 100 … as far as there are counts, four of them at most. */
function decades(countMax: number): readonly (Omit<Tick, 'at'> & { readonly count: number })[] {
  const exponents = Array.from({ length: Math.floor(Math.log10(countMax)) + 1 }, (_, exponent) => exponent);
  const step = Math.ceil(exponents.length / 4);
  return exponents
    .filter((exponent) => exponent % step === 0)
    .map((exponent) => ({ count: 10 ** exponent, text: wholeNumber(10 ** exponent) }));
}

const edgeText = (ms: number): string => (ms < 10 ? String(Math.round(ms * 10) / 10) : wholeNumber(ms));
