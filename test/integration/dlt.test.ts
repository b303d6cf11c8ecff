// Promise: what could not be scored can be seen, mended and put back, and each dead letter goes back once, whoever asks how often.
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseDeadLetterHeaders } from '../../src/contracts/dead-letter.ts';
import { referencesKey } from '../../src/contracts/engine-keys.ts';
import { decodeFraudScore } from '../../src/contracts/fraud-score.ts';
import { encodeTransaction } from '../../src/contracts/transaction.ts';
import { run, Run } from '../helpers/command-line.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

const good = (id: string, time = 0): Buffer =>
  encodeTransaction({
    transactionId: id,
    values: Array.from({ length: 30 }, (_, i) => (i === 0 ? time : 0.1)),
    label: 0,
  });

/** Their time is that of a reference whose hash is broken. */
const FAILING = ['needs-reference-1', 'needs-reference-2'];
const POISON = [
  { key: 'cut', value: good('cut').subarray(0, 60), partition: 0 },
  { key: 'json', value: Buffer.from('{"amount": 12}'), partition: 1 },
  { key: 'nothing', value: null, partition: 0 },
];
const LETTERS = POISON.length + FAILING.length;

describeWithKafka('dlt', () => {
  let stage: Stage;
  let consumer: Run;
  let engine: Redis;
  const dlt = async (...words: string[]) => {
    const ended = await run(['dlt', ...words], { ...stage.environment, LOG_LEVEL: 'warn' });
    expect(ended.status, ended.stderr).toBe(0);
    return ended.stdout.trim().split('\n');
  };
  const asObjects = (lines: readonly string[]) => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const replay = async (...words: string[]) => asObjects(await dlt('replay', '--json', '--yes', ...words)).at(-1);

  beforeAll(async () => {
    stage = new Stage('dlt');
    await stage.createTopics(2);
    expect((await run(['provision', '--references', '20'], stage.environment)).status).toBe(0);
    engine = new Redis(stage.redisaiUrl);
    const references = await engine.zrange(referencesKey(stage.tag), '0', '0', 'WITHSCORES');
    await engine.del(references[0]!);
    await engine.set(references[0]!, 'not a hash');
    const producer = stage.kafka.producer();
    await producer.connect();
    const failing = FAILING.map((id) => ({ key: id, value: good(id, Number(references[1])), partition: 1 }));
    const messages = [...POISON, ...failing, { key: 'fine', value: good('fine'), partition: 0 }];
    await producer.send({ topic: stage.transactions, messages });
    await producer.disconnect();
    consumer = new Run(['consume', '--references-max', '10'], stage.environment);
    await stage.read(stage.deadLetters, LETTERS);
  });

  afterAll(async () => {
    await engine.quit();
    const { status, stderr } = await consumer.interrupt();
    expect(status, stderr).toBe(0);
  });

  it('list shows each dead letter, and filters', async () => {
    const all = asObjects(await dlt('list', '--json'));
    expect(all).toHaveLength(LETTERS);
    expect(all).toContainEqual(
      expect.objectContaining({
        position: expect.stringMatching(/^0:\d+$/) as string,
        sourceTopic: stage.transactions,
        sourcePartition: 0,
        sourceOffset: '0',
        stage: 'decode',
        errorClass: 'truncated',
        attempts: 1,
        transactionId: 'cut',
        replayed: false,
      }),
    );
    const idsOf = async (...words: string[]) =>
      asObjects(await dlt('list', '--json', ...words)).map(({ transactionId }) => transactionId);
    expect(await idsOf('--stage', 'score')).toEqual(FAILING);
    expect(await idsOf('--error', 'truncated')).toEqual(['cut']);
    expect(await idsOf('--source-partition', '1', '--limit', '2')).toEqual(['json', FAILING[0]]);
    expect(await dlt('list', '--until', '1h')).toEqual(['']);
    expect((await dlt('list', '--since', '1h')).join('\n')).toMatch(/decode +invalid-value +1 +- +json/);
    expect((await dlt('list', '--summary'))[0]).toMatch(/^2 +score +operation-failed/);
  });

  it('show has the headers, the bytes and the transaction', async () => {
    const [failing] = asObjects(await dlt('list', '--json', '--stage', 'score'));
    const shown = (await dlt('show', String(failing!['position']))).join('\n');
    expect(shown).toContain('operation-failed');
    expect(shown).toContain(good(FAILING[0]!).subarray(0, 10).toString('hex'));
    expect(shown).toContain(`"transactionId": "${FAILING[0]!}"`);
    const absent = await run(['dlt', 'show', '0:999'], stage.environment);
    expect(absent.status).toBe(65);
    expect(absent.stderr).toContain('no dead letter at 0:999');
  });

  it('replay asks before it writes, and says with --dry-run what it would do', async () => {
    const unasked = await run(['dlt', 'replay'], stage.environment);
    expect(unasked.status).toBe(64);
    expect(unasked.stderr).toContain('--yes');
    expect((await dlt('replay', '--stage', 'score', '--dry-run'))[0]).toContain('would replay 2 dead letters');
    expect(await replay('--dry-run')).toMatchObject({ chosen: LETTERS, replayed: 0 });
  });

  it('replay scores what was mended, once, however often it runs, and leaves what it was not asked for', async () => {
    expect((await run(['provision', '--references', '20'], stage.environment)).status).toBe(0);
    expect(await replay('--stage', 'score')).toMatchObject({ replayed: 2, replayedBefore: 0 });
    expect(await replay('--stage', 'score')).toMatchObject({ replayed: 0, replayedBefore: 2 });
    const scores = await stage.read(stage.scores, 3);
    expect(scores.map(({ value }) => decodeFraudScore(value).transactionId).sort()).toEqual(['fine', ...FAILING]);
    const marks = asObjects(await dlt('list', '--json')).map(({ stage: at, replayed }) => [at, replayed]);
    expect(marks.every(([at, replayed]) => (at === 'score') === replayed)).toBe(true);
  });

  it('what fails again says how often it was tried, and where it first stood; two replays at once put it back once', async () => {
    const before = (await stage.read(stage.transactions, 8)).length;
    expect(before).toBe(POISON.length + 2 * FAILING.length + 1);
    // The new dead letters of what fails again are not meant.
    const words = ['dlt', 'replay', '--yes', '--until', new Date().toISOString()];
    const both = await Promise.all([run(words, stage.environment), run(words, stage.environment)]);
    // One of them may have been shut out by the other.
    expect(both.map(({ status }) => status)).toContain(0);
    const letters = await stage.read(stage.deadLetters, LETTERS + POISON.length);
    const again = letters.map(({ headers }) => parseDeadLetterHeaders(headers)!).filter(({ attempts }) => attempts > 1);
    expect(again.map(({ attempts }) => attempts)).toEqual([2, 2, 2]);
    expect(new Set(again.map(({ origin }) => origin))).toEqual(
      new Set([`${stage.transactions}:0:0`, `${stage.transactions}:0:1`, `${stage.transactions}:1:0`]),
    );
    const replayed = await stage.read(stage.transactions, before + POISON.length);
    expect(replayed).toHaveLength(before + POISON.length);
    const marks = replayed.flatMap(({ headers }) => headers['replayOf']?.toString() ?? []);
    expect(new Set(marks).size).toBe(marks.length);
  });
});
