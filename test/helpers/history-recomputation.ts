// What every score has to be where live history is on, worked out from the topics alone: which transactions each one sees by
// the definition in docs/live-history.md, and its score by a DAG of the tests' own. Nothing of src/stream is used.
import type { Redis } from 'ioredis';
import { FEATURE_NAMES } from '../../src/contracts/features.ts';
import { decodeTransaction, type Transaction } from '../../src/contracts/transaction.ts';
import type { FraudScore } from '../../src/contracts/fraud-score.ts';
import { dagScores, type DagScores } from './independent-dag.ts';

/** One that was scored: dead letters are nobody's past. */
export interface TopicRecord {
  readonly partition: number;
  readonly offset: number;
  readonly value: Buffer;
}

export interface HistoryDefinition {
  readonly recordsMax: number;
  readonly windowSeconds: number;
  readonly referencesMax: number;
  /** The field that says whose a transaction is; without it history is the whole partition's. */
  readonly entityField?: string;
}

export interface HistoryScore extends DagScores {
  readonly transactionId: string;
  readonly referenceCount: number;
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
  const byPosition = grouped(scores, ({ sourcePartition, sourceOffset }) => `${sourcePartition}:${sourceOffset}`);
  const differences: string[] = [];
  for (const [{ partition, offset }, expected] of await historyScores(redis, tag, records, definition)) {
    const place = `${partition}:${offset}`;
    const words = differenceOf(byPosition.get(place) ?? [], expected);
    if (words !== undefined) differences.push(`${place}: ${words}`);
  }
  return differences;
}

/** By record; `redis` is an engine that has script and models of `tag`, and is given hashes of the recomputation's own. */
export async function historyScores<Kind extends TopicRecord>(
  redis: Redis,
  tag: string,
  records: readonly Kind[],
  definition: HistoryDefinition,
): Promise<Map<Kind, HistoryScore>> {
  const expected = new Map<Kind, HistoryScore>();
  for (const ofPartition of grouped(records, ({ partition }) => partition).values()) {
    const placed = ofPartition
      .toSorted((a, b) => a.offset - b.offset)
      .map((record) => ({ ...record, record, transaction: decoded(record, definition) }));
    await storeHashes(redis, tag, placed);
    for (let from = 0; from < placed.length; from += AT_ONCE) {
      const some = placed.slice(from, from + AT_ONCE);
      const seen = some.map((one, index) => seenBy(one, placed.slice(0, from + index), definition));
      const scores = await Promise.all(some.map((one, index) => scoreOf(redis, tag, one, seen[index]!)));
      some.forEach(({ record }, index) => expected.set(record, scores[index]!));
    }
  }
  return expected;
}

function grouped<Key, Item>(items: readonly Item[], keyOf: (item: Item) => Key): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

const decoded = ({ value }: TopicRecord, { entityField }: HistoryDefinition): Transaction =>
  decodeTransaction(value, undefined, undefined, entityField);

/** Of those `before` it in its partition, newest first. */
function seenBy(one: Placed, before: readonly Placed[], definition: HistoryDefinition): readonly Placed[] {
  const { recordsMax, windowSeconds, referencesMax } = definition;
  const { time, entity } = one.transaction;
  // No more than so many records can stand at so many offsets.
  const seen = before
    .slice(-recordsMax)
    .filter(
      (other) =>
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

async function scoreOf(redis: Redis, tag: string, one: Placed, seen: readonly Placed[]): Promise<HistoryScore> {
  const { features, transactionId } = one.transaction;
  const keys = seen.map((other) => keyOf(tag, other));
  return { ...(await dagScores(redis, tag, features, keys)), transactionId, referenceCount: keys.length };
}

function differenceOf(actual: readonly FraudScore[], expected: HistoryScore): string | undefined {
  const [score] = actual;
  if (score === undefined) return 'lost';
  if (actual.length > 1) return 'duplicate';
  if (score.referenceCount !== expected.referenceCount)
    return `${score.referenceCount} references, expected ${expected.referenceCount}`;
  if (score.referencesMissing !== 0) return `${score.referencesMissing} references missing`;
  // Written so that NaN is a difference too.
  return Math.abs(score.score - expected.score) <= TOLERANCE ? undefined : `${score.score}, expected ${expected.score}`;
}
