// A looped file: no transaction comes twice, whether the rows were kept or read again.
import { describe, expect, it } from 'vitest';
import { loopRows, type ReplayRow } from '../../../producers/loop-rows.ts';
import { shuffleRows } from '../../../producers/shuffle-rows.ts';

const ROWS: readonly ReplayRow[] = [3, 3, 8].map((time, index) => ({
  id: `${time}_${index}`,
  index,
  values: [time, 0.5],
  label: null,
}));

async function* read(): AsyncGenerator<ReplayRow> {
  yield* ROWS;
  await Promise.resolve();
}

async function idsOf(rows: AsyncIterable<ReplayRow>, count: number): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of rows) if (ids.push(id) === count) break;
  return ids;
}

describe('a loop', () => {
  const EXPECTED = ['3_0', '3_1', '8_2', '9_3', '9_4', '14_5', '15_6'];

  it('reads a short file once', async () => {
    let opened = 0;
    const open = () => Promise.resolve((opened++, read()));
    expect(await idsOf(loopRows(open), 7)).toEqual(EXPECTED);
    expect(opened).toBe(1);
  });

  it('reads a long one for each lap, with the same rows', async () => {
    let opened = 0;
    const open = () => Promise.resolve((opened++, read()));
    expect(await idsOf(loopRows(open, 2), 7)).toEqual(EXPECTED);
    expect(opened).toBe(3);
  });

  it('ends where there is nothing to go round', async () => {
    async function* nothing(): AsyncGenerator<ReplayRow> {}
    expect(
      await idsOf(
        loopRows(() => Promise.resolve(nothing())),
        1,
      ),
    ).toEqual([]);
  });
});

describe('a shuffle', () => {
  it('holds no more rows than its window', async () => {
    let [taken, given, mostHeld] = [0, 0, 0];
    async function* numbers(): AsyncGenerator<number> {
      for (; taken < 500; taken++) {
        mostHeld = Math.max(mostHeld, taken - given);
        yield taken;
      }
      await Promise.resolve();
    }
    const out: number[] = [];
    for await (const number of shuffleRows(numbers(), 1, 50)) {
      out.push(number);
      given = out.length;
    }
    expect(out.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, index) => index));
    expect(mostHeld).toBeLessThanOrEqual(51);
  });
});
