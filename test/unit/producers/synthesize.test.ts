// The synthesizer against the figures it draws from.
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { CsvTransaction } from '../../../producers/csv.ts';
import { parseTransactions } from '../../../producers/csv.ts';
import { CSV_HEADER, synthesize, writeLines } from '../../../producers/synthesize.ts';
import { ARRIVALS_PER_SECOND, FRAUD, GENUINE, QUANTILE_SHARES } from '../../../producers/ulb-statistics.ts';
import { FEATURE_NAMES } from '../../../src/contracts/features.ts';

async function rowsOf(lines: Iterable<string>): Promise<CsvTransaction[]> {
  const rows: CsvTransaction[] = [];
  const chunks = Readable.from([Buffer.from([...lines].join(''))]);
  for await (const row of parseTransactions({ name: 'synthetic', chunks })) rows.push(row);
  return rows;
}

const share = (values: readonly number[], holds: (value: number) => boolean): number =>
  values.filter(holds).length / values.length;

function spearman(xs: readonly number[], ys: readonly number[]): number {
  const [ranksX, ranksY] = [ranks(xs), ranks(ys)];
  const mean = (xs.length - 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [ranksX[i]! - mean, ranksY[i]! - mean];
    xy += x * y;
    xx += x * x;
    yy += y * y;
  }
  return xy / Math.sqrt(xx * yy);
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const result: number[] = [];
  order.forEach((index, rank) => (result[index] = rank));
  return result;
}

const FRAUD_RATE = 0.05;
const SECONDS_OF_EACH_HOUR = 400;

/** Rows of the first minutes of each hour of two days, so that every hour weighs what it weighs in the real set. */
async function twoDays(): Promise<CsvTransaction[]> {
  const rows: CsvTransaction[] = [];
  for (const [hour, perSecond] of ARRIVALS_PER_SECOND.entries()) {
    const options = { rows: Math.round(perSecond * SECONDS_OF_EACH_HOUR), fraudRate: FRAUD_RATE };
    rows.push(...(await rowsOf(synthesize({ ...options, seed: hour, start: hour * 3600 }))));
  }
  return rows;
}

describe('synthetic transactions', async () => {
  const rows = await twoDays();
  const genuine = rows.filter(({ label }) => label === 0);
  const fraud = rows.filter(({ label }) => label === 1);
  const column = (of: readonly CsvTransaction[], name: string): number[] =>
    of.map(({ values }) => values[FEATURE_NAMES.indexOf(name)]!);
  const hourOf = ({ values }: CsvTransaction): number => Math.floor(values[0]! / 3600);
  const fraudShareOf = (of: readonly CsvTransaction[]): number =>
    of.filter(({ label }) => label === 1).length / of.length;

  it.each([
    ['genuine', genuine, GENUINE, 0.02],
    ['fraud', fraud, FRAUD, 0.06],
  ] as const)('lie below each quantile of a %s column as often as real ones', (_class, of, statistics, tolerance) => {
    for (const name of FEATURE_NAMES.slice(1, -1)) {
      const values = column(of, name);
      const below = statistics.quantiles[name]!.map((quantile) => share(values, (value) => value <= quantile));
      const errors = QUANTILE_SHARES.map((expected, index) => Math.abs(below[index]! - expected));
      expect(Math.max(...errors), name).toBeLessThan(tolerance);
    }
  });

  it.each([
    ['genuine', genuine, GENUINE, 0.04],
    ['fraud', fraud, FRAUD, 0.08],
  ] as const)('have columns whose ranks correlate as those of %s rows do', (_class, of, statistics, tolerance) => {
    for (const [one, other] of [
      ['V3', 'Time'],
      ['V2', 'V1'],
      ['V17', 'V16'],
      ['V28', 'V27'],
      ['Amount', 'V2'],
      ['Amount', 'V7'],
    ] as const) {
      const expected = statistics.rankCorrelations[FEATURE_NAMES.indexOf(one) - 1]![FEATURE_NAMES.indexOf(other)]!;
      const error = Math.abs(spearman(column(of, one), column(of, other)) - expected);
      expect(error, `${one} with ${other}`).toBeLessThan(tolerance);
    }
  });

  it('have the real share of amounts that are nothing, and of those that are exactly 1.00', () => {
    const exactly = (amount: number, of: readonly CsvTransaction[]): number =>
      share(column(of, 'Amount'), (value) => value === amount);
    expect(exactly(0, genuine)).toBeCloseTo(0.006, 2);
    expect(exactly(1, genuine)).toBeCloseTo(0.049, 2);
    expect(exactly(1, fraud)).toBeCloseTo(0.23, 1);
  });

  it.each([
    ['by night', [1, 2, 3, 4, 5, 6]],
    ['by day', [9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]],
  ])('come at the real rate %s', (_when, hours) => {
    let seconds = 0;
    for (const hour of ARRIVALS_PER_SECOND.keys()) {
      if (!hours.includes(hour % 24)) continue;
      const last = rows.findLast((row) => hourOf(row) === hour)!;
      seconds += last.values[0]! - hour * 3600 + 1;
    }
    const expectedSeconds = 2 * hours.length * SECONDS_OF_EACH_HOUR;
    expect(Math.abs(seconds / expectedSeconds - 1)).toBeLessThan(0.1);
  });

  it('come in bursts now and then', () => {
    const bySecond = new Map<number, number>();
    for (const time of column(rows, 'Time')) bySecond.set(time, (bySecond.get(time) ?? 0) + 1);
    expect(Math.max(...bySecond.values())).toBeGreaterThan(10);
  });

  it('hold the share of frauds asked for, more of them in the hours that have more', () => {
    expect(fraudShareOf(rows)).toBeCloseTo(FRAUD_RATE, 1);
    const inHour = (hour: number): CsvTransaction[] => rows.filter((row) => hourOf(row) % 24 === hour);
    expect(fraudShareOf(inHour(2))).toBeGreaterThan(3 * fraudShareOf(inHour(12)));
  });

  it.each([0, 1])('can all be of one class: a fraud rate of %i', async (fraudRate) => {
    const some = await rowsOf(synthesize({ rows: 100, seed: 1, fraudRate }));
    expect(fraudShareOf(some)).toBe(fraudRate);
  });

  it('are as many as asked for, in the order of their times', async () => {
    const some = await rowsOf(synthesize({ rows: 2000, seed: 1, start: 100 }));
    const times = column(some, 'Time');
    expect([some.length, times.every((time, index) => time >= (times[index - 1] ?? 100))]).toEqual([2000, true]);
  });

  it('repeat a row exactly as often as real ones do', () => {
    const distinct = new Set(genuine.map(({ texts }) => texts.join())).size;
    expect(1 - distinct / genuine.length).toBeCloseTo(GENUINE.repeatedShare, 2);
    expect(distinct).toBeLessThan(genuine.length);
  });

  it('are the same bytes for the same seed, and others for another', () => {
    const text = (seed: number): string => [...synthesize({ rows: 200, seed })].join('');
    expect(text(1)).toBe(text(1));
    expect(text(1)).not.toBe(text(2));
    expect(text(1)).not.toBe(text(1 + 2 ** 32));
  });

  it('begin with the same rows however many are asked for', () => {
    const text = (rows: number): string => [...synthesize({ rows, seed: 1 })].join('');
    expect(text(300).startsWith(text(200))).toBe(true);
  });

  describe('spread over cards', () => {
    const options = { rows: 3000, seed: 1, start: 12 * 3600 };
    const variance = (values: readonly number[]): number => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    };
    /** Mean over the columns V1 … V28 of the variance of each column's ranks among `among`, 1 for the whole. */
    const spreadOf = (of: readonly CsvTransaction[], among: readonly CsvTransaction[]): number => {
      const spreads = FEATURE_NAMES.slice(1, -1).map((name) => {
        const sorted = column(among, name).sort((a, b) => a - b);
        const rankOf = (value: number): number => sorted.findIndex((other) => other >= value) / sorted.length;
        return variance(column(of, name).map(rankOf)) / (1 / 12);
      });
      return spreads.reduce((sum, spread) => sum + spread, 0) / spreads.length;
    };

    it.each([0, 1])(
      'rows of one card and class %i resemble each other, so that its history says something',
      async (fraudRate) => {
        const everyone = await rowsOf(synthesize({ ...options, fraudRate }));
        const sameCard = await rowsOf(synthesize({ ...options, fraudRate, rows: 300, cards: 1 }));
        const manyCards = await rowsOf(synthesize({ ...options, fraudRate, rows: 300, cards: 1_000_000 }));
        expect(spreadOf(sameCard, everyone)).toBeLessThan(0.7);
        expect(spreadOf(manyCards, everyone)).toBeGreaterThan(0.9);
      },
    );

    it('all rows together lie as those without cards do', async () => {
      const [spread, plain] = [
        await rowsOf(synthesize({ ...options, cards: 1000 })),
        await rowsOf(synthesize(options)),
      ];
      for (const name of ['V1', 'V14', 'V28']) {
        const belowIn = (of: readonly CsvTransaction[]): number[] =>
          GENUINE.quantiles[name]!.map((quantile) => share(column(of, name), (value) => value <= quantile));
        const expected = belowIn(plain);
        const errors = belowIn(spread).map((below, index) => Math.abs(below - expected[index]!));
        expect(Math.max(...errors), name).toBeLessThan(0.05);
      }
    });

    it('are the same bytes for the same seed, and others for another seed or number', () => {
      const text = (seed: number, cards: number): string => [...synthesize({ rows: 200, seed, cards })].join('');
      expect(text(1, 50)).toBe(text(1, 50));
      expect(text(1, 50)).not.toBe(text(2, 50));
      expect(text(1, 50)).not.toBe(text(1, 51));
    });
  });

  it('are written at the pace of whoever takes them', async () => {
    const out = new PassThrough({ highWaterMark: 1024 });
    let bytes = 0;
    const written = writeLines(synthesize({ rows: 2000, seed: 1 }), out).then((count) => {
      out.end();
      return count;
    });
    for await (const chunk of out as AsyncIterable<Buffer>) bytes += chunk.length;
    expect(await written).toBe(2001);
    expect(bytes).toBe([...synthesize({ rows: 2000, seed: 1 })].join('').length);
    expect([...synthesize({ rows: 1, seed: 1 })][0]).toBe(`${CSV_HEADER}\n`);
  });
});
