// Rows in another order, the same for the same seed, in bounded memory.
import { Random } from './random.ts';

/** So many rows wait at a time, and each row that goes out is any of them: it moves about so far from its place. */
export const SHUFFLE_WINDOW_ROWS = 10_000;

export async function* shuffleRows<Row>(
  rows: AsyncIterable<Row>,
  seed: number,
  windowRows = SHUFFLE_WINDOW_ROWS,
): AsyncGenerator<Row> {
  const random = new Random(seed);
  const waiting: Row[] = [];
  for await (const row of rows) {
    if (waiting.length < windowRows) {
      waiting.push(row);
      continue;
    }
    const place = random.whole(0, waiting.length - 1);
    const out = waiting[place]!;
    waiting[place] = row;
    yield out;
  }
  for (let last = waiting.length - 1; last >= 0; last--) {
    const place = random.whole(0, last);
    const out = waiting[place]!;
    waiting[place] = waiting[last]!;
    yield out;
  }
}
