// What lies on the simulated transactions topic: good transactions, poison, and offsets that hold control records.
import { encodeTransaction } from '../../../src/contracts/transaction.ts';
import type { SourceRecord } from '../../../src/stream/source-record.ts';
import type { Seeded } from './seeded.ts';

export const TOPIC = 'transactions';
export const OFFSETS = 16;

export type Kind = 'good' | 'poison' | 'unscorable' | 'control';

const VALUES = Array.from({ length: OFFSETS }, (_, offset) =>
  encodeTransaction({ transactionId: `t-${offset}`, values: new Array<number>(30).fill(offset), label: null }),
);
const POISON = Buffer.from('neither Avro nor anything else');

export interface SimulatedInput {
  readonly kinds: readonly Kind[];
  /** Control records left out, as kafkajs leaves them out. */
  readonly records: readonly SourceRecord[];
  /** Where a group stands that has handled every record. */
  readonly due: number;
}

export function simulatedInput(random: Seeded): SimulatedInput {
  const kinds = Array.from({ length: OFFSETS }, () => kindOf(random.next()));
  const all = kinds.map((kind, offset): SourceRecord => {
    const value = kind === 'poison' ? POISON : VALUES[offset]!;
    return { topic: TOPIC, partition: 0, offset, timestamp: 0, key: null, value };
  });
  const records = all.filter(({ offset }) => kinds[offset] !== 'control');
  return { kinds, records, due: (records.at(-1)?.offset ?? -1) + 1 };
}

function kindOf(chance: number): Kind {
  if (chance < 0.08) return 'control';
  if (chance < 0.16) return 'poison';
  return chance < 0.2 ? 'unscorable' : 'good';
}

export const offsetOf = (transactionId: string): number => Number(transactionId.slice('t-'.length));
