// Promise: whoever looks references up, and on how many devices models run, the outcome is the same to the last bit:
// scores, how many references there were, and how many of them are gone.
import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { referenceKey } from '../../src/contracts/engine-keys.ts';
import { encodeTransaction } from '../../src/contracts/transaction.ts';
import { packageFile } from '../../src/core/package-root.ts';
import { provision } from '../../src/provision/provision.ts';
import { startEngine, type RunningEngine } from '../../src/redisai/index.ts';
import { RedisEngine } from '../../src/stream/engine/redis-engine.ts';
import { STREAM_LIMITS, type StreamOptions } from '../../src/stream/options.ts';
import { Pipeline } from '../../src/stream/pipeline.ts';
import type { SourceRecord } from '../../src/stream/source-record.ts';
import { NO_LOG } from '../../src/stream/stream-log.ts';
import { NO_METRICS } from '../../src/stream/stream-metrics.ts';
import { streamOptions } from '../helpers/stream-options.ts';

const TAG = 'tag';
/** Several in each second, so that their order within it counts too. */
const timeOf = (row: number): number => Math.floor(row / 3);
const values = (row: number): number[] =>
  Array.from({ length: 30 }, (_, column) => (column === 0 ? timeOf(row) : Math.abs(Math.sin(31 * row + column))));
const references = Array.from({ length: 60 }, (_, row) => ({
  ...{ time: String(timeOf(row)), index: row },
  fields: values(row).map(String),
}));
/** Most are reference data themselves; the first has no past. */
const records: SourceRecord[] = Array.from({ length: 70 }, (_, row) => ({
  ...{ topic: 'transactions', partition: 0, offset: row, timestamp: 1, key: null },
  value: encodeTransaction({
    transactionId: row % 7 === 3 ? `ü_${row}` : `${timeOf(row)}_${row}`,
    values: values(row),
    label: null,
  }),
}));

let engine: RunningEngine;
let redis: Redis;

const provisioned = (tag: string, rows: typeof references) =>
  provision(redis, {
    ...{ tag, devices: ['CPU', 'CPU:1'], references: rows },
    model: { backend: 'TF', blob: readFileSync(packageFile('models', 'fraud_detection_model.pb')) },
    script: readFileSync(packageFile('models', 'helper_script.py'), 'utf8'),
  });

beforeAll(async () => {
  engine = await startEngine();
  redis = new Redis(engine.url);
  await provisioned(TAG, references);
  for (const row of [10, 11, 30]) await redis.del(referenceKey(TAG, `${timeOf(row)}_${row}`));
});

afterAll(async () => {
  redis.disconnect();
  await engine.stop();
});

async function outcomes(more: Partial<StreamOptions>) {
  const options = streamOptions(engine, { tag: TAG, windowSeconds: 5, ...more });
  const client = await RedisEngine.open(options, STREAM_LIMITS, NO_LOG);
  const pipeline = new Pipeline({ engine: client, log: NO_LOG, metrics: NO_METRICS }, options);
  const scored = await pipeline.score(records, new AbortController().signal);
  await client.close();
  return scored.map((outcome) => {
    if (outcome.kind !== 'score') return outcome.letter.reason;
    // What is meant to differ.
    return { ...outcome.score, scoredAt: 0, deviceB: '', modelKeyB: '' };
  });
}

describe('a layout', () => {
  const layouts: Partial<StreamOptions>[] = [
    { lookup: 'script' },
    { lookup: 'lua' },
    { devices: ['CPU', 'CPU'] },
    { lookup: 'lua', devices: ['CPU', 'CPU'] },
    { lookup: 'script', result: 'per-transaction' },
    { lookup: 'script', inFlightMax: 1 },
  ];

  it.each(layouts)('gives what the default gives: %o', async (layout) => {
    const expected = await outcomes({});
    expect(new Set(expected.map((score) => typeof score))).toEqual(new Set(['object']));
    expect(await outcomes(layout)).toEqual(expected);
  });

  it('counts references up to the bound, without the transaction itself, and those that are gone', async () => {
    const scores = await outcomes({ lookup: 'script', referencesMax: 4 });
    expect(scores[0]).toMatchObject({ referenceCount: 2, referencesMissing: 0 });
    expect(scores[33]).toMatchObject({ referenceCount: 4, referencesMissing: 0 });
    // Of second 3, three rows, two of which are gone.
    expect(scores[9]).toMatchObject({ referenceCount: 2, referencesMissing: 2 });
    expect(scores).toEqual(await outcomes({ referencesMax: 4 }));
  });

  it.each(['script', 'lua'] as const)('looks nothing up where it is told to: %s', async (lookup) => {
    expect(await outcomes({ lookup, referencesMax: 0 })).toEqual(await outcomes({ referencesMax: 0 }));
  });

  it('names the script where it is one that cannot do that', async () => {
    await provisioned('old', []);
    const source =
      'def hashes_to_tensor(tensors: List[Tensor], keys: List[str], args: List[str]):\n    return tensors[0]\n';
    const words = ['CPU', 'ENTRY_POINTS', '1', 'hashes_to_tensor', 'SOURCE', source];
    await redis.call('AI.SCRIPTSTORE', 'helper_script{old}', ...words);
    const options = streamOptions(engine, { tag: 'old', lookup: 'script' });
    const client = await RedisEngine.open(options, STREAM_LIMITS, NO_LOG);
    await expect(client.identify()).rejects.toMatchObject({
      code: 'ENGINE_NOT_PROVISIONED',
      message: expect.stringContaining('references_to_tensor') as string,
    });
    await client.close();
  });
});
