// Promise: whatever an engine says, in whatever trouble, a card number in it reaches no log, no header of a dead letter and no
// error that a person is shown. Faults of records and what is served of them: test/integration/card-numbers.test.ts.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reportError } from '../../src/cli/error-report.ts';
import { deadLetterHeaders } from '../../src/contracts/dead-letter.ts';
import { encodeTransaction } from '../../src/contracts/transaction.ts';
import { RedisEngine } from '../../src/stream/engine/redis-engine.ts';
import { STREAM_LIMITS } from '../../src/stream/options.ts';
import type { Outcome } from '../../src/stream/outcome.ts';
import { Pipeline } from '../../src/stream/pipeline.ts';
import type { SourceRecord } from '../../src/stream/source-record.ts';
import { NO_METRICS } from '../../src/stream/stream-metrics.ts';
import { createLog } from '../../src/telemetry/logger.ts';
import { resp, ScriptedEngine, type Handler } from '../helpers/scripted-engine.ts';
import { streamOptions } from '../helpers/stream-options.ts';

const CARD = '4111111111111111';
const SHOWN = /4111[ -]?1111[ -]?1111[ -]?1111/;

const RECORDS = [1, 2].map((offset): SourceRecord => {
  const values = Array.from({ length: 30 }, (_, column) => (column === 29 ? offset / 64 : offset));
  const value = encodeTransaction({ transactionId: CARD, values, label: 0 });
  return { topic: 'transactions', partition: 0, offset, timestamp: 1, key: Buffer.from(CARD), value };
});

const dag =
  (answer: Buffer | string): Handler =>
  ([name]) =>
    name === 'AI.DAGEXECUTE' ? answer : undefined;
const lookup =
  (answer: Buffer | string): Handler =>
  ([name]) =>
    name === 'ZREVRANGEBYSCORE' ? answer : undefined;

describe('a card number', () => {
  let scripted: ScriptedEngine;
  let engine: RedisEngine;
  let told: string[];

  beforeEach(async () => {
    told = [];
    scripted = await new ScriptedEngine().start();
    scripted.references = [`${CARD}{tag}`, `4111-1111-1111-1111{tag}`];
  });
  afterEach(async () => {
    await engine.close();
    await scripted.stop();
  });

  /** Opens the road, brings the trouble, and scores; the trouble ends when the batch has waited twice. */
  const scoreIn = async (
    trouble: () => Promise<void> | void,
    mend: () => unknown = () => (scripted.override = () => undefined),
  ): Promise<readonly Outcome[]> => {
    const log = createLog({ level: 'debug', destination: { write: (line) => told.push(line) } });
    const options = streamOptions(scripted);
    engine = await RedisEngine.open(options, { ...STREAM_LIMITS, engineTimeoutMs: 2000 }, log);
    let waits = 0;
    const pause = async (): Promise<void> => {
      if (++waits === 2) await mend();
      if (waits > 100) throw new Error('it waits for ever');
      await new Promise((resolve) => setTimeout(resolve, 10));
    };
    const pipeline = new Pipeline({ engine, log, metrics: NO_METRICS, waiting: { pause } }, options);
    await trouble();
    return pipeline.score(RECORDS, new AbortController().signal).catch((error: unknown) => {
      reportError(error, (line) => told.push(line));
      return [];
    });
  };

  it.each<[string, Handler]>([
    ['an element of a DAG fails', dag(resp.array([resp.ok, resp.error(`ERR no such key ${CARD}{tag}`)]))],
    ['a reference is of another type', dag(resp.array([resp.ok, resp.error(`WRONGTYPE of ${CARD}{tag}`)]))],
    ['a DAG is refused', dag(resp.error(`ERR row 7 4111 1111 1111 1111 cannot be found in DAG`))],
    ['the answer is none', dag(resp.bulk(`unexpected ${CARD} 200`))],
    ['the answer has another shape', dag(resp.array([resp.bulk(CARD), resp.integer(Number(CARD))]))],
    ['a DAG times out', dag('+TIMEDOUT\r\n')],
    ['a lookup is refused', lookup(resp.error(`ERR ${CARD} is not a float`))],
    ['the reference set is none', lookup(resp.error(`WRONGTYPE ${CARD}`))],
    ['the engine is loading', dag(resp.error(`LOADING ${CARD}`))],
    ['the engine is full', dag(resp.error(`OOM at 12 ${CARD}`))],
    ['the keys have moved', dag(resp.error(`MOVED 1 127.0.0.1:7001 ${CARD}`))],
    ['a right is missing', dag(resp.error(`NOPERM no permissions to access the key ${CARD}{tag}`))],
    ['a model is missing', dag(resp.error(`ERR model key is empty ${CARD}`))],
    [
      'a command is unknown',
      dag(resp.error(`ERR unknown command 'AI.DAGEXECUTE', with args beginning with: '${CARD}'`)),
    ],
    ['what comes is no Redis protocol', dag(`?${CARD}\r\n`)],
  ])('is not told where %s', async (_fault, handler) => {
    const outcomes = await scoreIn(() => void (scripted.override = handler));
    for (const outcome of outcomes)
      if (outcome.kind === 'dead-letter') told.push(JSON.stringify(deadLetterHeaders(outcome.letter)));
    expect(told.length).toBeGreaterThan(0);
    expect(told.join('\n')).not.toMatch(SHOWN);
  });

  it('is not told where the engine is away', async () => {
    const outcomes = await scoreIn(
      () => scripted.stop(),
      () => scripted.start(),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(['score', 'score']);
    expect(told.join('\n')).not.toMatch(SHOWN);
  });

  it('is not told of a defect', async () => {
    await scoreIn(() => {
      Object.assign(engine, { runDags: () => Promise.reject(new TypeError(`${CARD} is not a function`)) });
    });
    expect(told.join('\n')).toMatch(/defect/);
    expect(told.join('\n')).not.toMatch(SHOWN);
  });
});
