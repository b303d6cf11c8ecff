// Reference transactions into the engine: a hash each, and one sorted set of their keys by time. First step of provision.
import type { ChainableCommander, Redis } from 'ioredis';
import { referenceKey, referencesKey } from '../contracts/engine-keys.ts';
import { FEATURE_COUNT, FEATURE_NAMES } from '../contracts/features.ts';

export interface ReferenceRow {
  /** Seconds, as the CSV writes them. */
  readonly time: string;
  /** Row number in the CSV, from 0. */
  readonly index: number;
  /** Time, V1 … V28, Amount: the CSV's own text. */
  readonly fields: readonly string[];
}

/** Rows of one pipeline: some 300 KB. */
const PIPELINE_ROWS = 500;

/**
 * Stores every row and removes what an earlier run left beyond them.
 * The new set is built beside the old one and takes its place in one step: a lookup meanwhile finds one or the other,
 * and the script passes over the hash of a key that is gone.
 */
export async function storeReferences(
  redis: Redis,
  tag: string,
  rows: AsyncIterable<ReferenceRow> | Iterable<ReferenceRow>,
  progress: (references: number) => void = () => {},
): Promise<{ references: number; referencesRemoved: number }> {
  const current = referencesKey(tag);
  const staged = `${current}:staged`;
  await redis.del(staged);
  let references = 0;
  for await (const chunk of chunksOf(rows, PIPELINE_ROWS)) {
    await storeChunk(redis, tag, staged, chunk);
    references += chunk.length;
    progress(references);
  }
  const referencesRemoved = await removeStale(redis, current, staged);
  await (references === 0 ? redis.del(current) : redis.rename(staged, current));
  return { references, referencesRemoved };
}

async function storeChunk(redis: Redis, tag: string, set: string, rows: readonly ReferenceRow[]): Promise<void> {
  const hashes = rows.map((row) => ({ key: keyOf(tag, row), fields: fieldsOf(row), time: row.time }));
  const reading = redis.pipeline();
  for (const { key } of hashes) reading.call('HGETALL', key);
  // A key of another type answers with an error: it holds no such hash, and is replaced.
  const stored = ((await reading.exec()) ?? []).map(([, reply]) => reply);
  const writing = redis.pipeline();
  hashes.forEach(({ key, fields, time }, index) => {
    // What is there already is left alone: a stream that is being scored would miss it for a moment.
    if (String(stored[index]) !== String(fields)) replaceHash(writing, key, fields);
    writing.zadd(set, time, key);
  });
  await execute(writing);
}

/** In one step. A hash that had other fields before, or these in another order, would feed the model wrongly. */
function replaceHash(pipeline: ChainableCommander, key: string, fields: readonly string[]): void {
  pipeline.call('MULTI');
  pipeline.del(key).hset(key, ...fields);
  pipeline.call('EXEC');
}

const keyOf = (tag: string, row: ReferenceRow): string => referenceKey(tag, `${row.time}_${row.index}`);

function fieldsOf(row: ReferenceRow): string[] {
  if (row.fields.length !== FEATURE_COUNT)
    throw new RangeError(`row ${row.index}: ${row.fields.length} fields, not 30`);
  return FEATURE_NAMES.flatMap((name, index) => [name, row.fields[index]!]);
}

/** Deletes the hashes that the old set has and the new one has not; pages by rank, so memory stays bounded. */
async function removeStale(redis: Redis, current: string, staged: string): Promise<number> {
  let removed = 0;
  for (let from = 0; ; from += PIPELINE_ROWS) {
    const keys = await redis.zrange(current, String(from), String(from + PIPELINE_ROWS - 1));
    if (keys.length === 0) return removed;
    const pipeline = redis.pipeline();
    for (const key of keys) pipeline.zscore(staged, key);
    const scores = await execute(pipeline);
    const stale = keys.filter((_, index) => scores[index] === null);
    if (stale.length > 0) removed += await redis.del(...stale);
  }
}

async function execute(pipeline: ChainableCommander): Promise<unknown[]> {
  const replies = (await pipeline.exec()) ?? [];
  const failed = replies.find(([error]) => error !== null);
  if (failed?.[0]) throw failed[0];
  return replies.map(([, reply]) => reply);
}

async function* chunksOf<Item>(items: AsyncIterable<Item> | Iterable<Item>, size: number): AsyncGenerator<Item[]> {
  let chunk: Item[] = [];
  for await (const item of items) {
    if (chunk.push(item) < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
