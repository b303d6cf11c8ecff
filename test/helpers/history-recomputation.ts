// What every score has to be where live history is on, worked out from the topics alone: which transactions each one sees by
// the definition in docs/live-history.md, and its score by a DAG written down here once more. Nothing of src/stream is used.
import type { Redis } from 'ioredis';
import { FEATURE_NAMES } from '../../src/contracts/features.ts';
import { decodeTransaction, type Transaction } from '../../src/contracts/transaction.ts';
import type { FraudScore } from '../../src/contracts/fraud-score.ts';

export interface TopicRecord {
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly value: Buffer;
}

export interface HistoryDefinition {
  readonly recordsMax: number;
  readonly windowSeconds: number;
  readonly referencesMax: number;
  /** The field that says whose a transaction is; without it history is the whole partition's. */
  readonly entityField?: string;
}

interface Placed extends TopicRecord {
  readonly transaction: Transaction;
}

const AT_ONCE = 64;
const TOLERANCE = 1e-6;

/** In words, what of `scores` is not as it has to be: nothing lost, nothing twice, nothing wrong. */
export async function differencesFrom(
  redis: Redis,
  tag: string,
  records: readonly TopicRecord[],
  scores: readonly FraudScore[],
  definition: HistoryDefinition,
): Promise<readonly string[]> {
  const byPosition = new Map<string, FraudScore[]>();
  for (const score of scores) {
    const place = `${score.sourcePartition}:${score.sourceOffset}`;
    byPosition.set(place, [...(byPosition.get(place) ?? []), score]);
  }
  const placed = records.map((record) => ({
    ...record,
    transaction: decodeTransaction(record.value, undefined, undefined, definition.entityField),
  }));
  await storeHashes(redis, tag, placed);
  const differences: string[] = [];
  for (let from = 0; from < placed.length; from += AT_ONCE) {
    const some = placed.slice(from, from + AT_ONCE);
    const expected = await Promise.all(some.map((one) => scoreOf(redis, tag, one, seenBy(one, placed, definition))));
    some.forEach((one, index) => {
      const place = `${one.partition}:${one.offset}`;
      const actual = byPosition.get(place) ?? [];
      const words = differenceOf(actual, expected[index]!);
      if (words !== undefined) differences.push(`${place}: ${words}`);
    });
  }
  return differences;
}

/** Newest first; all of them were scored. */
function seenBy(one: Placed, all: readonly Placed[], definition: HistoryDefinition): readonly Placed[] {
  const { recordsMax, windowSeconds, referencesMax } = definition;
  const { time, entity } = one.transaction;
  const seen = all.filter(
    (other) =>
      other.partition === one.partition &&
      other.offset < one.offset &&
      other.offset >= one.offset - recordsMax &&
      other.transaction.time <= time &&
      other.transaction.time >= time - windowSeconds &&
      other.transaction.entity === entity,
  );
  const newest = (a: Placed, b: Placed): number => b.transaction.time - a.transaction.time || b.offset - a.offset;
  return seen.toSorted(newest).slice(0, referencesMax);
}

const keyOf = (tag: string, { partition, offset }: TopicRecord): string => `recomputed-${partition}-${offset}{${tag}}`;

/** As doubles, just as they stand on the topic. */
async function storeHashes(redis: Redis, tag: string, placed: readonly Placed[]): Promise<void> {
  for (let from = 0; from < placed.length; from += AT_ONCE) {
    const pipeline = redis.pipeline();
    for (const one of placed.slice(from, from + AT_ONCE)) {
      const fields = FEATURE_NAMES.flatMap((name, index) => [name, String(one.transaction.features[index])]);
      pipeline.hset(keyOf(tag, one), ...fields);
    }
    await pipeline.exec();
  }
}

interface Expected {
  readonly score: number;
  readonly referenceCount: number;
}

async function scoreOf(redis: Redis, tag: string, one: Placed, seen: readonly Placed[]): Promise<Expected> {
  const { features } = one.transaction;
  const blob = Buffer.from(features.buffer, features.byteOffset, features.byteLength);
  const keys = seen.map((other) => keyOf(tag, other));
  const keyWords = keys.length === 0 ? [] : ['KEYS', String(keys.length), ...keys];
  const inputs = ['INPUTS', '2', 'transaction', 'reference'];
  // prettier-ignore
  const reply = (await redis.callBuffer('AI.DAGEXECUTE', 'ROUTING', `{${tag}}`,
    '|>', 'AI.TENSORSET', 'transaction', 'FLOAT', '1', '30', 'BLOB', blob,
    '|>', 'AI.SCRIPTEXECUTE', `helper_script{${tag}}`, 'hashes_to_tensor', ...keyWords, 'OUTPUTS', '1', 'reference',
    '|>', 'AI.MODELEXECUTE', `fraud_detection_model{${tag}}_CPU`, ...inputs, 'OUTPUTS', '1', 'a',
    '|>', 'AI.TENSORGET', 'a', 'BLOB',
  )) as unknown[];
  return { score: (reply.at(-1) as Buffer).readFloatLE(0), referenceCount: keys.length };
}

function differenceOf(actual: readonly FraudScore[], expected: Expected): string | undefined {
  const [score] = actual;
  if (score === undefined) return 'lost';
  if (actual.length > 1) return 'duplicate';
  if (score.referenceCount !== expected.referenceCount)
    return `${score.referenceCount} references, expected ${expected.referenceCount}`;
  if (score.referencesMissing !== 0) return `${score.referencesMissing} references missing`;
  // Written so that NaN is a difference too.
  return Math.abs(score.score - expected.score) <= TOLERANCE ? undefined : `${score.score}, expected ${expected.score}`;
}
