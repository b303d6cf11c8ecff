// The frame that every chart stands in: axes with ticks, a grid, a name for those who do not see it.
import { escaped, short } from './markup.ts';

export interface Tick {
  /** Place on the axis, 0 to 1. */
  readonly at: number;
  readonly text: string;
}

export interface Axis {
  readonly name: string;
  readonly ticks: readonly Tick[];
}

export interface Plot {
  /** What the picture says, in a sentence. */
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  /** SVG in the coordinates that `px` and `py` give. */
  readonly body: string;
}

const WIDTH = 480;
const HEIGHT = 320;
const LEFT = 58;
const RIGHT = 468;
const TOP = 14;
const BOTTOM = 270;

/** Places on the axes, 0 to 1, to SVG units. */
export const px = (x: number): number => LEFT + x * (RIGHT - LEFT);
export const py = (y: number): number => BOTTOM - y * (BOTTOM - TOP);

export function plot({ description, x, y, body }: Plot): string {
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(description)}">`,
    ...y.ticks.map(horizontal),
    ...x.ticks.map(vertical),
    `<path class="axis" d="M${LEFT} ${TOP}V${BOTTOM}H${RIGHT}"/>`,
    body,
    `<text class="name" x="${px(0.5)}" y="${HEIGHT - 8}" text-anchor="middle">${escaped(x.name)}</text>`,
    `<text class="name" transform="translate(11 ${py(0.5)}) rotate(-90)" text-anchor="middle">${escaped(y.name)}</text>`,
    '</svg>',
  ].join('');
}

function horizontal({ at, text }: Tick): string {
  const y = short(py(at));
  return `<path class="grid" d="M${LEFT} ${y}H${RIGHT}"/><text class="tick" x="${LEFT - 8}" y="${y}" dy="0.32em" text-anchor="end">${escaped(text)}</text>`;
}

function vertical({ at, text }: Tick): string {
  const x = short(px(at));
  return `<path class="grid" d="M${x} ${TOP}V${BOTTOM}"/><text class="tick" x="${x}" y="${BOTTOM + 18}" text-anchor="middle">${escaped(text)}</text>`;
}

/** 0, 0.2 … 1. */
export const SHARE_TICKS: readonly Tick[] = [0, 0.2, 0.4, 0.6, 0.8, 1].map((at) => ({ at, text: String(at) }));

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const line = (name: string, points: readonly Point[]): string =>
  `<path class="${name}" d="${points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${short(px(x))} ${short(py(y))}`).join('')}"/>`;

/** The line closed down to the x axis. */
export const area = (name: string, points: readonly Point[]): string =>
  points.length === 0 ? '' : line(name, [{ x: points[0]!.x, y: 0 }, ...points, { x: points.at(-1)!.x, y: 0 }]);

export const bar = (name: string, from: Point, to: Point, title: string): string =>
  `<rect class="${name}" x="${short(px(from.x))}" y="${short(py(to.y))}" width="${short(px(to.x) - px(from.x))}" height="${short(py(from.y) - py(to.y))}"><title>${escaped(title)}</title></rect>`;

export const dot = (name: string, { x, y }: Point, title: string, radius = 5): string =>
  `<circle class="${name}" cx="${short(px(x))}" cy="${short(py(y))}" r="${short(radius)}"><title>${escaped(title)}</title></circle>`;

/** A vertical line with a word at its top, on the side where there is room. */
export function marker(x: number, text: string, y = 0.97): string {
  const [anchor, shift] = x > 0.78 ? ['end', -6] : ['start', 6];
  return `<path class="marker" d="M${short(px(x))} ${TOP}V${BOTTOM}"/><text class="mark" x="${short(px(x) + shift)}" y="${short(py(y))}" text-anchor="${anchor}">${escaped(text)}</text>`;
}
