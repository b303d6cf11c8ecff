// What a simulated client meets: a transaction at a random time, and a random interval before it to look back on.
import { Random } from '../../../producers/random.ts';
import { synthesize } from '../../../producers/synthesize.ts';
import { FEATURE_COUNT } from '../../contracts/features.ts';
import type { Transaction } from '../../contracts/transaction.ts';

export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

export interface SimulatedEvent {
  /** References of this time are looked at; the transaction stands at its end. */
  readonly interval: TimeSpan;
  readonly transaction: Transaction;
}

/** Far more than there are, so that a handful of events shows both kinds. */
const FRAUD_SHARE = 0.2;
const SEED_MAX = 2 ** 32 - 1;

/** Endless events whose times lie within `span`; the same seed gives the same ones. */
export function* randomEvents(span: TimeSpan, seed: number): Generator<SimulatedEvent> {
  const random = new Random(seed);
  for (let number = 0; ; number++) {
    const start = random.whole(span.from, span.to);
    const transaction = synthesized(number, start, random.whole(0, SEED_MAX));
    yield { transaction, interval: { from: random.whole(span.from, start), to: transaction.time } };
  }
}

function synthesized(number: number, start: number, seed: number): Transaction {
  const [, line] = synthesize({ rows: 1, seed, fraudRate: FRAUD_SHARE, start });
  const cells = line!.trim().split(',').map(Number);
  const features = Float32Array.from(cells.slice(0, FEATURE_COUNT));
  const [time, amount, label] = [cells[0]!, cells[FEATURE_COUNT - 1]!, cells[FEATURE_COUNT]!];
  return { transactionId: `simulated-${number}`, time, amount, features, label };
}
