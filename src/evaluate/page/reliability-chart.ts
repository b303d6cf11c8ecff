// Calibration as a picture: the observed rate of frauds over the mean score of each bin, with its interval.
import type { Calibration, ReliabilityBin } from '../calibration.ts';
import { decimals, wholeNumber } from '../figure-text.ts';
import { dot, line, plot, SHARE_TICKS } from '../../report/plot.ts';

export function reliabilityChart({ bins, brier }: Calibration): string {
  return plot({
    description: `Reliability: observed fraud rate over mean score in ten bins, Brier score ${brier.toPrecision(3)}`,
    x: { name: 'mean score', ticks: SHARE_TICKS },
    y: { name: 'observed fraud rate', ticks: SHARE_TICKS },
    body: [
      line('chance', [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ]),
      ...bins.map(reliabilityPoint),
    ].join(''),
  });
}

function reliabilityPoint({ meanScore: x, fraudRate: y, interval, count, frauds }: ReliabilityBin): string {
  if (x === undefined || y === undefined || interval === undefined) return '';
  const title = `${wholeNumber(frauds)} frauds of ${wholeNumber(count)}: rate ${decimals(y)}, mean score ${decimals(x)}`;
  const whisker = line('whisker', [
    { x, y: interval.low },
    { x, y: interval.high },
  ]);
  return whisker + dot('bin', { x, y }, title, 3 + Math.log10(count));
}
