// Row 17: transactions whose own times come in any order, up to a day off.
import type { Random } from '../../../producers/random.ts';
import { decodeTransaction } from '../../../src/contracts/transaction.ts';
import { sampleTransactions } from '../rig/input.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const RECORDS = 4_000;

export const row17: Row = {
  number: 17,
  name: 'the same transactions in the order of their times, then in disorder',
  promise: 'a score depends on the transaction and its references, never on what came before it',
  async run(rig, { random, records = RECORDS }) {
    const half = Math.ceil(records / 2);
    const good = sampleTransactions(random);
    const inOrder = Array.from({ length: half }, (_, index) => good(index)).sort((a, b) => timeOf(a) - timeOf(b));
    const inDisorder = shuffled(inOrder, random);
    const make = (index: number): Buffer => (index < half ? inOrder[index]! : inDisorder[index - half]!);
    const stage = await Stage.open(rig, { name: 'row-17', random, make });
    try {
      stage.addConsumer();
      await stage.feed.write(2 * half);
      await stage.untilOutcomes(2 * half);
      const different = differentScores(stage);
      return await finish(stage, {
        faults: half,
        checks: [{ words: `no transaction got two different scores (${different})`, holds: different === 0 }],
      });
    } finally {
      await stage.close();
    }
  },
};

const shuffled = (values: readonly Buffer[], random: Random): Buffer[] =>
  values
    .map((value) => ({ value, place: random.uniform() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);

const timeOf = (value: Buffer): number => decodeTransaction(value).time;

function differentScores({ outcomes }: Stage): number {
  const known = new Map<string, number>();
  let different = 0;
  for (const outcome of outcomes) {
    if (outcome.kind !== 'score') continue;
    const { transactionId, score } = outcome.score;
    if (score !== (known.get(transactionId) ?? score)) different += 1;
    known.set(transactionId, score);
  }
  return different;
}
