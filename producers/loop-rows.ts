// A file again and again: the rows go on where the last lap ended, in time and in number, so that no transaction is itself twice.
import type { CsvTransaction } from './csv.ts';

/** What a replay needs of a row; a kept one has no need of the file's own words. */
export type ReplayRow = Omit<CsvTransaction, 'texts'>;

/** A file of at most so many rows (300 bytes each) is read once and kept; a longer one is read again for each lap. */
export const KEPT_ROWS_MAX = 100_000;

/**
 * Lap k adds to each Time k times the file's span and a second, and counts rows on: a row's id, `<time>_<index>`, never
 * comes again. `open` starts the file from its first row. Never ends by itself, unless a lap has no rows.
 */
export async function* loopRows(
  open: () => Promise<AsyncIterable<ReplayRow>>,
  keptRowsMax = KEPT_ROWS_MAX,
): AsyncGenerator<ReplayRow> {
  let kept: ReplayRow[] | undefined = [];
  let [indexShift, timeShift] = [0, 0];
  for (;;) {
    const lap = new Lap();
    for await (const row of indexShift > 0 && kept !== undefined ? kept : await open()) {
      lap.pass(row);
      if (indexShift === 0 && kept !== undefined) kept = kept.length < keptRowsMax ? keep(kept, row) : undefined;
      yield indexShift === 0 ? row : shifted(row, indexShift, timeShift);
    }
    if (lap.rows === 0) return;
    indexShift += lap.rows;
    timeShift += lap.spanSeconds + 1;
  }
}

/** How many rows a lap had, and how much time. */
class Lap {
  rows = 0;
  #first = Infinity;
  #last = -Infinity;

  pass({ values }: ReplayRow): void {
    this.rows += 1;
    this.#first = Math.min(this.#first, values[0]!);
    this.#last = Math.max(this.#last, values[0]!);
  }

  get spanSeconds(): number {
    return this.#last - this.#first;
  }
}

function keep(kept: ReplayRow[], { id, index, values, label }: ReplayRow): ReplayRow[] {
  kept.push({ id, index, values, label });
  return kept;
}

function shifted(row: ReplayRow, indexShift: number, timeShift: number): ReplayRow {
  const index = row.index + indexShift;
  const values = row.values.with(0, row.values[0]! + timeShift);
  return { id: `${values[0]!}_${index}`, index, values, label: row.label };
}
