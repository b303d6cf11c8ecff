// The road from records to outcomes, over a real socket to a scripted engine: one fault costs one record, and an engine in
// trouble costs time, never a wrong score.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { transactionWriter } from '../../src/contracts/registry-format.ts';
import { encodeTransaction } from '../../src/contracts/transaction.ts';
import { packageFile } from '../../src/core/package-root.ts';
import { Abandoned } from '../../src/stream/backoff.ts';
import { LostModels, type ProvisionMissing } from '../../src/stream/engine/lost-models.ts';
import { RedisEngine } from '../../src/stream/engine/redis-engine.ts';
import { STREAM_LIMITS, type StreamOptions } from '../../src/stream/options.ts';
import type { Outcome } from '../../src/stream/outcome.ts';
import { Pipeline } from '../../src/stream/pipeline.ts';
import { RegistryUnavailable, type SchemaRegistry } from '../../src/stream/registry/schema-registry.ts';
import type { SourceRecord } from '../../src/stream/source-record.ts';
import { NO_LOG } from '../../src/stream/stream-log.ts';
import { NO_METRICS } from '../../src/stream/stream-metrics.ts';
import { dagElements, resp, scoreOfAmount, ScriptedEngine, type Handler } from '../helpers/scripted-engine.ts';
import { streamOptions } from '../helpers/stream-options.ts';

const transaction = (index: number): Buffer => {
  const values = Array.from({ length: 30 }, (_, column) => (column === 29 ? index / 64 : index));
  return encodeTransaction({ transactionId: `${index}_${index}`, values, label: index % 2 });
};
const record = (offset: number, value: Buffer | null): SourceRecord => ({
  topic: 'transactions',
  partition: 2,
  offset,
  timestamp: 1,
  key: null,
  value,
});
const records = (count: number): SourceRecord[] =>
  Array.from({ length: count }, (_, index) => record(index, transaction(index)));

const whatBecame = (outcome: Outcome): string | number =>
  outcome.kind === 'score' ? outcome.score.score : outcome.letter.errorClass;
const goodScores = (count: number): number[] => Array.from({ length: count }, (_, index) => scoreOfAmount(index / 64));

describe('the road of a batch', () => {
  let scripted: ScriptedEngine;
  let engine: RedisEngine;
  const never = new AbortController().signal;
  const waits: number[] = [];
  /** What happens while a batch waits. */
  let meanwhile: () => Promise<void> | void;

  const pipeline = async (
    more: Partial<StreamOptions> = {},
    registry?: SchemaRegistry,
    provisionMissing?: ProvisionMissing,
  ): Promise<Pipeline> => {
    engine = await RedisEngine.open(streamOptions(scripted, more), { ...STREAM_LIMITS, engineTimeoutMs: 2000 }, NO_LOG);
    const waiting = {
      pause: async (attempt: number, signal: AbortSignal) => {
        waits.push(attempt);
        await meanwhile();
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (signal.aborted) throw new Abandoned();
      },
    };
    const lost = new LostModels(NO_LOG, provisionMissing);
    const dependencies = { engine, lost, log: NO_LOG, metrics: NO_METRICS, waiting, registry };
    return new Pipeline(dependencies, streamOptions(scripted, more));
  };
  /** Answers the DAG of one transaction (by amount) in a way of its own. */
  const dagOf = (index: number, answer: Buffer | string): Handler => {
    return (words, raw) => {
      const features = words[0] === 'AI.DAGEXECUTE' ? raw[words.indexOf('BLOB') + 1]! : undefined;
      return features?.readFloatLE(116) === index / 64 && index > 0 ? answer : undefined;
    };
  };

  beforeEach(async () => {
    scripted = await new ScriptedEngine().start();
    waits.length = 0;
    meanwhile = () => {};
  });
  afterEach(async () => {
    await engine.close();
    await scripted.stop();
  });

  it('waits for a schema registry that is away, and costs no record for it', async () => {
    const schema = readFileSync(packageFile('schemas', 'transaction.avsc'), 'utf8');
    let answers = 0;
    const registry: SchemaRegistry = {
      schemas: (ids) => {
        if (answers++ < 2) return Promise.reject(new RegistryUnavailable('it answered 503'));
        return Promise.resolve(new Map([...ids].map((id) => [id, transactionWriter(id, schema)])));
      },
    };
    const framed = (index: number): Buffer =>
      Buffer.concat([Buffer.from('0000000007', 'hex'), transaction(index).subarray(10)]);
    const mixed = records(6).map((each) => (each.offset % 2 === 0 ? each : record(each.offset, framed(each.offset))));
    const outcomes = await (await pipeline({}, registry)).score(mixed, never);
    expect(outcomes.map(whatBecame)).toEqual(goodScores(6));
    expect(waits).toEqual([1, 2]);
  });

  it('ends in a score for each transaction, in order', async () => {
    scripted.references = ['1_1{tag}', '0_0{tag}'];
    const outcomes = await (await pipeline()).score(records(50), never);
    expect(outcomes.map(whatBecame)).toEqual(goodScores(50));
    expect(outcomes[40]).toMatchObject({
      kind: 'score',
      score: {
        transactionId: '40_40',
        fraud: true,
        referenceCount: 2,
        sourcePartition: 2,
        sourceOffset: 40,
        label: 0,
        modelDigest: '9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4',
      },
    });
    const dags = scripted.commands.filter(([name]) => name === 'AI.DAGEXECUTE').slice(-50);
    expect(dags[40]).toEqual(expect.arrayContaining(['KEYS', '2', '1_1{tag}', '0_0{tag}']));
    // Reference data may hold the transaction itself.
    expect(dags[1]).toEqual(expect.arrayContaining(['KEYS', '1', '0_0{tag}']));
  });

  it('counts references that are gone as missing, for the transactions that wanted them', async () => {
    scripted.references = ['1_1{tag}', '0_0{tag}'];
    scripted.expired.add('1_1{tag}');
    const outcomes = await (await pipeline()).score(records(3), never);
    const counts = outcomes.map((outcome) =>
      outcome.kind === 'score' ? [outcome.score.referenceCount, outcome.score.referencesMissing] : [],
    );
    // The references of 0 and of 1 are the other one alone.
    expect(counts).toEqual([
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect(outcomes.map(whatBecame)).toEqual(goodScores(3));
  });

  it('turns poison into dead letters, and neighbours never notice', async () => {
    const good = transaction(3);
    const poison = new Map<number, Buffer | null>([
      [1, null],
      [2, Buffer.from('{"Time": 0}')],
      [7, Buffer.from('Time=0')],
      [4, good.subarray(0, 50)],
      [5, Buffer.concat([good, Buffer.from([1])])],
      [6, Buffer.concat([Buffer.from('c3010000000000000000', 'hex'), good.subarray(10)])],
      [8, Buffer.from(Array.from({ length: 200 }, (_, index) => (index * 37) & 0xff))],
    ]);
    const batch = records(10).map((each) => ({ ...each, value: poison.get(each.offset) ?? each.value }));
    batch[1] = record(1, null);
    const outcomes = (await (await pipeline()).score(batch, never)).map(whatBecame);
    const expected = goodScores(10).map((score, index) => (poison.has(index) ? outcomes[index] : score));
    expect(outcomes).toEqual(expected);
    expect([1, 2, 4, 5, 6, 7, 8].map((index) => outcomes[index])).toEqual([
      'no-value',
      'invalid-value',
      'truncated',
      'trailing-bytes',
      'unknown-schema',
      'not-single-object',
      'unknown-schema',
    ]);
  });

  it.each([
    ['operation-failed', resp.array([resp.ok, resp.error('Incompatible shapes'), '+NA\r\n'])],
    ['dag-refused', resp.error('ERR INPUT key cannot be found in DAG')],
    ['reply-shape', resp.array([resp.ok, resp.ok])],
    ['score-not-finite', resp.array(dagElements(0.5, Number.NaN, 0.5))],
    ['score-out-of-range', resp.array(dagElements(0.5, 0.5, 2))],
  ])('turns a bad reply into a dead letter (%s), and neighbours never notice', async (errorClass, answer) => {
    scripted.override = dagOf(7, answer);
    const outcomes = (await (await pipeline()).score(records(12), never)).map(whatBecame);
    expect(outcomes).toEqual(
      goodScores(12)
        .with(7, 0)
        .map((score, index) => (index === 7 ? errorClass : score)),
    );
    expect(waits).toEqual([]);
  });

  it('turns a refused lookup into a dead letter of its stage', async () => {
    scripted.override = (words) =>
      words[0] === 'ZREVRANGEBYSCORE' && words[2] === '3' ? resp.error('ERR min or max is not a float') : undefined;
    const outcomes = await (await pipeline()).score(records(5), never);
    expect(outcomes[3]).toMatchObject({ letter: { stage: 'reference', errorClass: 'lookup-refused' } });
    expect(outcomes.map(whatBecame).filter((outcome) => typeof outcome === 'number')).toHaveLength(4);
  });

  it.each([
    ['is loading', resp.error('LOADING Redis is loading the dataset in memory')],
    ['is full', resp.error("OOM command not allowed when used memory > 'maxmemory'.")],
    ['says TIMEDOUT, which is no error', '+TIMEDOUT\r\n'],
    ['has moved', resp.error('MOVED 1 127.0.0.1:7001')],
  ])('waits while the engine %s, then scores everything', async (_, answer) => {
    const road = await pipeline();
    scripted.override = (words) => (words[0] === 'AI.DAGEXECUTE' ? answer : undefined);
    meanwhile = () => {
      if (waits.length === 3) scripted.override = () => undefined;
    };
    expect((await road.score(records(30), never)).map(whatBecame)).toEqual(goodScores(30));
    expect(waits).toEqual([1, 2, 3]);
  });

  it('stops waiting for a record that alone keeps the others waiting', async () => {
    const road = await pipeline();
    scripted.override = dagOf(7, '+TIMEDOUT\r\n');
    const outcomes = await road.score(records(12), never);
    expect(outcomes[7]).toMatchObject({ letter: { errorClass: 'timed-out', attempts: 5 } });
    expect(outcomes.map(whatBecame).with(7, 0)).toEqual(goodScores(12).with(7, 0));
  });

  /** Answers so many DAGs with TIMEDOUT, then leaves them alone. */
  const countdown = (count: number): Handler => {
    let asked = 0;
    return (words) => (words[0] === 'AI.DAGEXECUTE' && ++asked <= count ? '+TIMEDOUT\r\n' : undefined);
  };

  it('stops waiting for records that time out each alone, while the engine answers a good DAG', async () => {
    const road = await pipeline();
    scripted.override = (words, raw) =>
      [1, 2].map((index) => dagOf(index, '+TIMEDOUT\r\n')(words, raw)).find((answer) => answer !== undefined);
    const outcomes = await road.score(records(3).slice(1), never);
    expect(outcomes.map(whatBecame)).toEqual(['timed-out', 'timed-out']);
  });

  it('scores one by one what times out together', async () => {
    const road = await pipeline();
    await road.score(records(1), never); // the warm-up is a DAG too
    scripted.override = countdown(5 * 4);
    expect((await road.score(records(4), never)).map(whatBecame)).toEqual(goodScores(4));
    expect(waits).toEqual([1, 2, 3, 4]);
  });

  it('waits for an engine that times out on everything, however few the records', async () => {
    const road = await pipeline();
    await road.score(records(1), never);
    scripted.override = countdown(20);
    expect((await road.score(records(1), never)).map(whatBecame)).toEqual(goodScores(1));
    expect(waits.length).toBeGreaterThan(10);
  });

  it('waits as long as it takes where keys are on their way to another node, and gives no record up for it', async () => {
    const road = await pipeline();
    scripted.override = dagOf(3, resp.error('TRYAGAIN Multiple keys request during rehashing of slot'));
    meanwhile = () => {
      if (waits.length === 9) scripted.override = () => undefined;
    };
    expect((await road.score(records(5), never)).map(whatBecame)).toEqual(goodScores(5));
    expect(waits).toHaveLength(9);
  });

  it('stops at once where the reference set is none, and names it', async () => {
    const road = await pipeline();
    scripted.override = (words) =>
      words[0] === 'ZREVRANGEBYSCORE'
        ? resp.error('WRONGTYPE Operation against a key holding the wrong kind of value')
        : undefined;
    await expect(road.score(records(2), never)).rejects.toMatchObject({
      code: 'ENGINE_KEY_WRONG_TYPE',
      message: expect.stringContaining('references{tag}') as string,
    });
    expect(waits).toEqual([]);
  });

  it('turns a reference hash of another type into a dead letter of the transaction that needs it', async () => {
    const answer = resp.array([resp.ok, resp.error('WRONGTYPE Operation against a key'), '+NA\r\n']);
    scripted.override = dagOf(3, answer);
    const outcomes = (await (await pipeline()).score(records(5), never)).map(whatBecame);
    expect(outcomes[3]).toBe('operation-failed');
  });

  it('waits for an engine that is away, and scores when it is back', async () => {
    const road = await pipeline();
    await scripted.stop();
    meanwhile = async () => {
      if (waits.length === 2) await scripted.start();
    };
    expect((await road.score(records(20), never)).map(whatBecame)).toEqual(goodScores(20));
  });

  it('hands the batch back where it is told to while it waits', async () => {
    const road = await pipeline();
    await scripted.stop();
    const turn = new AbortController();
    meanwhile = () => turn.abort();
    await expect(road.score(records(3), turn.signal)).rejects.toBeInstanceOf(Abandoned);
  });

  it('never publishes from an engine that came back empty: it says what is missing', async () => {
    const road = await pipeline();
    let asked = 0;
    scripted.override = (words) => {
      if (words[0] === 'AI.DAGEXECUTE' && ++asked === 5) {
        scripted.models.clear();
        scripted.dropConnections();
      }
      return undefined;
    };
    await expect(road.score(records(20), never)).rejects.toMatchObject({
      code: 'ENGINE_NOT_PROVISIONED',
      message: expect.stringContaining('fraud_detection_model{tag}_CPU') as string,
      next: expect.stringMatching(/fraudstream provision.*--provision-missing/) as string,
    });
  });

  it('stores again what the engine lost in the middle of two batches, once, where it may, and scores each transaction', async () => {
    const models = new Map(scripted.models);
    const told: (string | undefined)[] = [];
    const road = await pipeline({}, undefined, (answeredLast) => {
      told.push(answeredLast);
      for (const [key, model] of models) scripted.models.set(key, model);
      return Promise.resolve([...models.keys()]);
    });
    await road.score(records(1), never);
    let asked = 0;
    scripted.override = (words) => {
      if (words[0] === 'AI.DAGEXECUTE' && ++asked === 5) scripted.models.clear();
      return undefined;
    };
    const batches = await Promise.all([road.score(records(20), never), road.score(records(30), never)]);
    expect(batches.map((outcomes) => outcomes.map(whatBecame))).toEqual([goodScores(20), goodScores(30)]);
    expect(told).toEqual(['v1,v1']);
  });

  it('ends where what was stored again is lost again at once', async () => {
    const models = new Map(scripted.models);
    let stored = 0;
    const road = await pipeline({}, undefined, () => {
      stored += 1;
      for (const [key, model] of models) scripted.models.set(key, model);
      return Promise.resolve([...models.keys()]);
    });
    scripted.override = (words) => {
      if (words[0] === 'AI.DAGEXECUTE') scripted.models.clear();
      return undefined;
    };
    await expect(road.score(records(3), never)).rejects.toMatchObject({
      code: 'ENGINE_NOT_PROVISIONED',
      message: expect.stringContaining('it was stored again') as string,
      next: expect.stringContaining('what empties the engine') as string,
    });
    expect(stored).toBe(1);
  });

  it('names the new model in every score when the engine came back with another one', async () => {
    const road = await pipeline();
    let asked = 0;
    scripted.override = (words) => {
      if (words[0] === 'AI.DAGEXECUTE' && ++asked === 5) {
        for (const key of scripted.models.keys()) scripted.models.set(key, { tag: 'v1', blob: Buffer.from('other') });
        scripted.dropConnections();
      }
      return undefined;
    };
    const outcomes = await road.score(records(20), never);
    const digests = outcomes.map((outcome) => (outcome.kind === 'score' ? outcome.score.modelDigest : ''));
    expect(new Set(digests)).toEqual(new Set(['d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa']));
    expect(outcomes.map(whatBecame)).toEqual(goodScores(20));
  });

  it('notices a model that was replaced in place by its tag', async () => {
    const road = await pipeline();
    const digestNow = async (): Promise<unknown> => {
      const [outcome] = await road.score(records(1), never);
      return outcome?.kind === 'score' && outcome.score.modelDigest;
    };
    const before = await digestNow();
    for (const key of scripted.models.keys()) scripted.models.set(key, { tag: 'v2', blob: Buffer.from('other') });
    expect(await digestNow()).not.toBe(before);
  });

  it('scores a batch again during which a model was replaced, and names the new one', async () => {
    const road = await pipeline();
    await road.score(records(1), never);
    let asked = 0;
    scripted.override = (words) => {
      if (words[0] === 'AI.DAGEXECUTE' && ++asked === 5) {
        for (const key of scripted.models.keys()) scripted.models.set(key, { tag: 'v2', blob: Buffer.from('other') });
      }
      return undefined;
    };
    const outcomes = await road.score(records(20), never);
    const digests = outcomes.map((outcome) => (outcome.kind === 'score' ? outcome.score.modelDigest : ''));
    expect(new Set(digests)).toEqual(new Set(['d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa']));
    expect(waits).toEqual([]);
  });

  it('asks the models who they are once a batch', async () => {
    const road = await pipeline();
    await road.score(records(1), never);
    const before = scripted.commands.length;
    await road.score(records(3), never);
    const asked = scripted.commands.slice(before).filter(([name]) => name === 'AI.MODELGET');
    expect(asked.map(([, key, what]) => [key, what])).toEqual([
      ['fraud_detection_model{tag}_CPU', 'META'],
      ['fraud_detection_model{tag}_CPU:1', 'META'],
    ]);
  });

  it.each([
    ['average', 0.5, true],
    ['champion', 0.25, false],
    ['max', 0.75, true],
  ] as const)('publishes under the policy %s the score %d', async (policy, score, fraud) => {
    scripted.override = (words) =>
      words[0] === 'AI.DAGEXECUTE' ? resp.array(dagElements(0.25, 0.75, 0.5)) : undefined;
    const [outcome] = await (await pipeline({ policy })).score(records(1), never);
    expect(outcome).toMatchObject({ score: { score, fraud, policy, scoreA: 0.25, scoreB: 0.75, disagreement: 0.5 } });
  });

  it('names both models where they differ', async () => {
    scripted.models.set('fraud_detection_model{tag}_CPU:1', { tag: 'b', blob: Buffer.from('other') });
    const [outcome] = await (await pipeline()).score(records(1), never);
    expect(outcome).toMatchObject({
      score: {
        modelDigest:
          '9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4,d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa',
      },
    });
  });

  it('stops where the script is gone, or nobody but a person can help', async () => {
    const road = await pipeline();
    scripted.hasScript = false;
    await expect(road.score(records(1), never)).rejects.toMatchObject({ code: 'ENGINE_NOT_PROVISIONED' });
    scripted.override = () => resp.error('NOPERM this user has no permissions');
    await expect(road.score(records(1), never)).rejects.toMatchObject({ code: 'ENGINE_REFUSED' });
  });

  it('lets the result of each transaction expire, and asks for no references where none are wanted', async () => {
    const road = await pipeline({ result: 'per-transaction', referencesMax: 0 });
    expect((await road.score(records(40), never)).map(whatBecame)).toEqual(goodScores(40));
    const names = scripted.commands.map(([name]) => name);
    expect(names.filter((name) => name === 'expire')).toHaveLength(40);
    expect(names).not.toContain('ZREVRANGEBYSCORE');
  });
});
