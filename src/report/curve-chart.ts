// Several curves in one frame, each point with a whisker from the least to the most of its runs.
import { escaped } from './markup.ts';
import { dot, line, plot, type Axis } from './plot.ts';
import type { Scale } from './scale.ts';

export interface CurvePoint {
  readonly x: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface Curve {
  readonly name: string;
  readonly points: readonly CurvePoint[];
}

export interface CurveChart {
  /** What the picture says, in a sentence. */
  readonly description: string;
  readonly x: Scale & Pick<Axis, 'name'>;
  readonly y: Scale & Pick<Axis, 'name'>;
  /** As many as there are colours: six. */
  readonly curves: readonly Curve[];
  readonly text: (value: number) => string;
  /** A value that divides good from bad. */
  readonly level?: number;
}

export function curveChart({ description, x, y, curves, text, level }: CurveChart): string {
  const body = curves.flatMap(({ name, points }, index) => [
    line(
      `series series-${index}`,
      points.map((point) => ({ x: x.at(point.x), y: y.at(point.median) })),
    ),
    ...points.map((point) => {
      const place = { x: x.at(point.x), y: y.at(point.median) };
      const title = `${name}: ${text(point.median)} [${text(point.min)} – ${text(point.max)}]`;
      const whisker = line(`range series-${index}`, [
        { x: place.x, y: y.at(point.min) },
        { x: place.x, y: y.at(point.max) },
      ]);
      return whisker + dot(`spot series-${index}`, place, title, 3.5);
    }),
  ]);
  return plot({ description, x, y, body: levelLine(level, y) + body.join('') });
}

function levelLine(level: number | undefined, { at }: Scale): string {
  if (level === undefined) return '';
  return line('chance', [
    { x: 0, y: at(level) },
    { x: 1, y: at(level) },
  ]);
}

/** For the caption: which colour is which curve. */
export const curveKey = (curves: readonly Pick<Curve, 'name'>[]): string =>
  curves
    .map(({ name }, index) => `<span class="named"><i class="key series-${index}"></i> ${escaped(name)}</span>`)
    .join(' ');
