// What lies on the simulated transactions topic: good transactions, poison, and offsets that hold control records.
import { FEATURE_NAMES } from '../../../src/contracts/features.ts';
import { encodeTransaction } from '../../../src/contracts/transaction.ts';
import type { SourceRecord } from '../../../src/stream/source-record.ts';
import type { Seeded } from './seeded.ts';

export const TOPIC = 'transactions';
export const OFFSETS = 16;

export type Kind = 'good' | 'poison' | 'unscorable' | 'control';

const VALUES = Array.from({ length: OFFSETS }, (_, offset) =>
  encodeTransaction({ transactionId: `t-${offset}`, values: new Array<number>(30).fill(offset), label: null }),
);
/** One of them is nobody's. */
const CARDS = ['a', 'b:c', undefined];
const POISON = Buffer.from('neither Avro nor anything else');

export interface SimulatedInput {
  readonly kinds: readonly Kind[];
  /** Time of each transaction, in seconds; and whose it is, where the run is about live history. */
  readonly times: readonly number[];
  readonly entities: readonly (string | undefined)[];
  /** Control records left out, as kafkajs leaves them out. */
  readonly records: readonly SourceRecord[];
  /** Where a group stands that has handled every record. */
  readonly due: number;
}

export function simulatedInput(random: Seeded): SimulatedInput {
  const kinds = Array.from({ length: OFFSETS }, () => kindOf(random.next()));
  const [times, timestamps] = [kinds.map((_, offset) => offset), kinds.map(() => 0)];
  return inputOf(kinds, { values: VALUES, times, timestamps, entities: kinds.map(() => undefined) });
}

/** Times that come in disorder, and twice; records whose timestamps do; and cards. */
export function simulatedHistory(random: Seeded, entityField: string | undefined): SimulatedInput {
  // More that cannot be scored than elsewhere: whether they are seen is one of the questions.
  const kinds = Array.from({ length: OFFSETS }, () => (random.chance(0.1) ? 'unscorable' : kindOf(random.next())));
  const disordered = (): number[] => kinds.map((_, offset) => Math.max(0, offset + random.below(5) - 2));
  const [times, timestamps] = [disordered(), disordered()];
  const entities = kinds.map(() => (entityField === undefined ? undefined : CARDS[random.below(CARDS.length)]));
  const values = times.map((time, offset) => {
    const fields = Object.fromEntries(FEATURE_NAMES.map((name) => [name.toLowerCase(), name === 'Time' ? time : 0]));
    const card = entities[offset] === undefined ? {} : { [entityField!]: entities[offset] };
    return Buffer.from(JSON.stringify({ transactionId: `t-${offset}`, ...fields, ...card }));
  });
  return inputOf(kinds, { values, times, timestamps, entities });
}

function inputOf(
  kinds: readonly Kind[],
  of: { readonly values: readonly Buffer[]; readonly timestamps: readonly number[] } & Pick<
    SimulatedInput,
    'times' | 'entities'
  >,
): SimulatedInput {
  const all = kinds.map((kind, offset): SourceRecord => {
    const value = kind === 'poison' ? POISON : of.values[offset]!;
    return { topic: TOPIC, partition: 0, offset, timestamp: of.timestamps[offset]!, key: null, value };
  });
  const records = all.filter(({ offset }) => kinds[offset] !== 'control');
  const due = (records.at(-1)?.offset ?? -1) + 1;
  return { kinds, times: of.times, entities: of.entities, records, due };
}

function kindOf(chance: number): Kind {
  if (chance < 0.08) return 'control';
  if (chance < 0.16) return 'poison';
  return chance < 0.2 ? 'unscorable' : 'good';
}

export const offsetOf = (transactionId: string): number => Number(transactionId.slice('t-'.length));
/** Of the key under which live history keeps it. */
export const offsetOfKey = (key: string): number => Number(key.split(':')[2]);
