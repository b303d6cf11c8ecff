// Charts drawn by hand in SVG: made once, then only their paths change, so that a tick costs little and nothing jumps.
import { duration, whole } from './format.ts';
import { linePath, logShare, niceMaximum } from './scale.ts';

const SVG = 'http://www.w3.org/2000/svg';
const [LEFT, TOP, BOTTOM] = [46, 8, 18];

function make(parent: Element, name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  parent.append(element);
  return element;
}

function canvas(box: Element): { svg: SVGElement; width: number; height: number } {
  const { width, height } = box.getBoundingClientRect();
  box.replaceChildren();
  return { svg: make(box, 'svg', { viewBox: `0 0 ${width} ${height}`, role: 'img' }), width, height };
}

export interface Series {
  readonly values: readonly (number | null)[];
  readonly style: string;
  /** Filled down to the axis. */
  readonly filled?: boolean;
}

/** The last two minutes; the newest figure stands at the right. */
export function drawSeries(box: Element, series: readonly Series[], unit: 'count' | 'ms', summary: string): void {
  const { svg, width, height } = canvas(box);
  svg.setAttribute('aria-label', summary);
  const [plotWidth, plotHeight] = [width - LEFT - 4, height - TOP - BOTTOM];
  const most = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const maximum = niceMaximum(most);
  for (const part of [0, 0.5, 1]) {
    const y = TOP + plotHeight * (1 - part);
    make(svg, 'line', { class: 'grid', x1: LEFT, x2: width - 4, y1: y, y2: y });
    const words = unit === 'ms' ? duration(maximum * part) : whole(maximum * part);
    if (part === 0 || maximum * part >= 1 || unit === 'ms') {
      make(svg, 'text', { x: LEFT - 8, y: y + 4, 'text-anchor': 'end' }).textContent = part === 0 ? '0' : words;
    }
  }
  const plot = make(svg, 'g', { transform: `translate(${LEFT} ${TOP})` });
  for (const { values, style, filled } of series) {
    const path = linePath(values, maximum, plotWidth, plotHeight);
    if (filled === true && path !== '') make(plot, 'path', { class: 'area', d: `${path}V${plotHeight}H0Z` });
    make(plot, 'path', { class: style, d: path, 'stroke-linecap': 'round' });
  }
  const labels = [['2 min ago', LEFT, 'start'] as const, ['now', width - 4, 'end'] as const];
  for (const [words, x, anchor] of labels) {
    make(svg, 'text', { x, y: height - 3, 'text-anchor': anchor }).textContent = words;
  }
}

/** Scores from 0 to 1; those from `threshold` on stand out. */
export function drawHistogram(box: Element, counts: readonly number[], threshold: number, summary: string): void {
  const { svg, width, height } = canvas(box);
  svg.setAttribute('aria-label', summary);
  const most = Math.max(...counts);
  const plotHeight = height - BOTTOM - 2;
  const step = width / counts.length;
  counts.forEach((count, bucket) => {
    const tall = logShare(count, most) * (plotHeight - 14);
    const isAlarm = (bucket + 1) / counts.length > threshold;
    const x = bucket * step + 1.5;
    make(svg, 'rect', {
      class: isAlarm ? 'column alarm' : 'column',
      ...{ x, y: plotHeight - tall, width: Math.max(1, step - 3), height: tall, rx: 2 },
    });
    if (count > 0 && height > 100 && step > 14) {
      const y = plotHeight - tall - 4;
      make(svg, 'text', { x: x + step / 2 - 1.5, y, 'text-anchor': 'middle' }).textContent = short(count);
    }
  });
  make(svg, 'line', { class: 'grid', x1: 0, x2: width, y1: plotHeight + 0.5, y2: plotHeight + 0.5 });
  for (const [value, anchor] of [
    [0, 'start'],
    [0.5, 'middle'],
    [1, 'end'],
  ] as const) {
    make(svg, 'text', { x: value * width, y: height - 3, 'text-anchor': anchor }).textContent = String(value);
  }
}

const short = (count: number): string =>
  count < 10_000 ? whole(count) : count < 1e6 ? `${Math.round(count / 1000)}k` : `${(count / 1e6).toFixed(1)}M`;
