// Figures by name as horizontal bars, each with a whisker from the least to the most of its runs.
import { escaped, short } from './markup.ts';

export interface Bar {
  readonly name: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** A goal speaks of it, or it is what the others are compared with. */
  readonly isMarked?: boolean;
}

export interface BarChart {
  /** What the picture says, in a sentence. */
  readonly description: string;
  readonly bars: readonly Bar[];
  readonly text: (value: number) => string;
}

const WIDTH = 960;
const ROW = 30;
const BAR = 16;
const LEFT = 400;
/** Room for the figure behind the longest whisker. */
const RIGHT = 860;

/** Bars without a figure (the system did not tell) are left out. */
export function barChart({ description, bars, text }: BarChart): string {
  const shown = bars.filter(({ median }) => Number.isFinite(median));
  const most = Math.max(...shown.map(({ max }) => max), Number.MIN_VALUE);
  const width = (value: number): number => (value / most) * (RIGHT - LEFT);
  const height = shown.length * ROW + 8;
  return [
    `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(description)}">`,
    ...shown.map((bar, index) => row(bar, 4 + index * ROW + ROW / 2, width, text)),
    `<path class="axis" d="M${LEFT} 0V${height}"/></svg>`,
  ].join('');
}

function row({ name, median, min, max, isMarked }: Bar, y: number, width: (v: number) => number, text: Text): string {
  const [low, high] = [short(LEFT + width(min)), short(LEFT + width(max))];
  const title = `${name}: ${text(median)} [${text(min)} – ${text(max)}]`;
  return [
    `<g><title>${escaped(title)}</title>`,
    `<text x="${LEFT - 10}" y="${y}" dy="0.35em" text-anchor="end">${escaped(name)}</text>`,
    `<rect class="${isMarked === true ? 'fraud' : 'genuine'}" x="${LEFT}" y="${y - BAR / 2}" width="${short(width(median))}" height="${BAR}"/>`,
    `<path class="range" d="M${low} ${y}H${high}M${low} ${y - 5}v10M${high} ${y - 5}v10"/>`,
    `<text class="mark" x="${short(LEFT + width(max) + 8)}" y="${y}" dy="0.35em">${escaped(text(median))}</text></g>`,
  ].join('');
}

type Text = BarChart['text'];
