// Promise: a chart shows what it was given, in words too, and no number that is none.
import { describe, expect, it } from 'vitest';
import { barChart } from '../../../src/report/bar-chart.ts';
import { curveChart, curveKey } from '../../../src/report/curve-chart.ts';
import { figureTable } from '../../../src/report/figure-table.ts';
import { page } from '../../../src/report/page.ts';
import { logScale, stepScale } from '../../../src/report/scale.ts';

const text = (value: number): string => value.toFixed(1);

describe('bars', () => {
  const bars = [
    { name: 'a <b>', median: 2, min: 1, max: 4 },
    { name: 'not told', median: NaN, min: NaN, max: NaN },
  ];

  it('stand for their figures, with a whisker from the least to the most', () => {
    const svg = barChart({ description: 'speeds', bars, text });
    expect(svg).toContain('<title>a &lt;b&gt;: 2.0 [1.0 – 4.0]</title>');
    expect(svg).toContain('M515 19H860');
    expect(svg).toContain('width="230"');
  });

  it('leave out what has no figure', () => {
    const svg = barChart({ description: 'speeds', bars, text });
    expect(svg).not.toMatch(/not told|NaN/);
    expect(barChart({ description: 'none', bars: [], text })).not.toMatch(/NaN|Infinity/);
  });
});

describe('scales', () => {
  it('put logarithms evenly, with ticks at round numbers', () => {
    const { at, ticks } = logScale([1, 10_000], String);
    expect(at(100)).toBeCloseTo(0.5);
    expect(ticks.map((tick) => tick.text)).toEqual(['1', '10', '100', '1000', '10000']);
  });

  it('have more ticks where values lie close together', () => {
    expect(logScale([3, 30], String).ticks.map((tick) => tick.text)).toEqual(['5', '10', '20']);
  });

  it('put chosen values side by side', () => {
    const { at, ticks } = stepScale([0, 0.2, 5], String);
    expect([at(0), at(0.2), at(5)].map((place) => place.toFixed(2))).toEqual(['0.17', '0.50', '0.83']);
    expect(ticks.map((tick) => tick.text)).toEqual(['0', '0.2', '5']);
  });
});

describe('curves', () => {
  const curves = [{ name: 'one & only', points: [{ x: 1, median: 2, min: 1, max: 3 }] }];

  it('carry their whiskers and their names', () => {
    const x = { name: 'x', ...stepScale([1], String) };
    const svg = curveChart({ description: 'd', x, y: { name: 'y', ...logScale([1, 3], String) }, curves, text });
    expect(svg).toContain('one &amp; only: 2.0 [1.0 – 3.0]');
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(curveKey(curves)).toBe('<span class="named"><i class="key series-0"></i> one &amp; only</span>');
  });
});

describe('a page', () => {
  const made = page({
    product: 'fraudstream bench <x>',
    title: 'A <title>',
    facts: [['Machine', '<m>']],
    missed: ['fast < slow'],
    tiles: [],
    cards: [figureTable(['', 'a'], [['row', '1']])],
  });

  it('fetches nothing, runs nothing, and shows what came from outside as text', () => {
    expect(made).not.toMatch(/https?:|<script|<link|<img|@import|url\(|<x>|<m>|< slow/);
    expect(made).toContain("default-src 'none'");
  });

  it('says what was missed', () => {
    expect(made).toContain('role="alert"><h2>Missed</h2><ul><li>fast &lt; slow</li>');
  });
});
