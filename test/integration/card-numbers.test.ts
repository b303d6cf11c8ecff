// Promise: a card number in what a record holds shows in no log, metric, trace or page, nor in what a command tells of it. What keeps
// it on purpose: the dead letter's own key and value, and a score's transaction id.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeTransaction } from '../../src/contracts/transaction.ts';
import { run, Run, type Ended } from '../helpers/command-line.ts';
import { describeWithKafka, Stage, type ReadRecord } from '../helpers/stage.ts';
import { startTraceCollector, type TraceCollector } from '../helpers/trace-collector.ts';

const CARD = '4111111111111111';
const SHOWN = /4111[ -]?1111[ -]?1111[ -]?1111/;
const numbers = Object.fromEntries(Array.from({ length: 28 }, (_, index) => [`V${index + 1}`, 0]));

const VALUES = [
  CARD,
  `{"${CARD}": 1}`,
  JSON.stringify({ transactionId: CARD, time: 'soon', amount: 1, label: null, ...numbers }),
  JSON.stringify({ transactionId: 'nested', card: { number: CARD, deeper: [CARD] } }),
  Buffer.concat([Buffer.from('c301', 'hex'), Buffer.from(CARD)]),
  Buffer.concat([Buffer.from('00', 'hex'), Buffer.from(CARD)]),
];

/** Is scored, and called fraud. */
const SCORED = encodeTransaction({ transactionId: CARD, values: Array.from({ length: 30 }, () => 1), label: 1 });
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describeWithKafka('a card number', () => {
  let stage: Stage;
  let collector: TraceCollector;
  let letters: ReadRecord[];
  let scores: ReadRecord[];
  let ended: Ended;
  const served: string[] = [];

  beforeAll(async () => {
    stage = new Stage('cards');
    collector = await startTraceCollector();
    await stage.createTopics(1);
    await run(['provision', '--references', '20'], stage.environment);
    const producer = stage.kafka.producer();
    await producer.connect();
    const messages = VALUES.map((value) => ({ key: CARD, value, headers: { [`h${CARD}`]: CARD, traceparent: CARD } }));
    const scored = { key: CARD, value: SCORED, headers: { traceparent, tracestate: `shop=${CARD}` } };
    await producer.send({ topic: stage.transactions, messages: [...messages, scored] });
    await producer.disconnect();
    const consumer = new Run(['consume'], {
      ...{ ...stage.environment, METRICS_PORT: '0', LOG_LEVEL: 'debug', DEAD_LETTER_SHARE_MAX: '0' },
      THRESHOLD: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    });
    letters = await stage.read(stage.deadLetters, VALUES.length);
    scores = await stage.read(stage.scores, 1);
    const page = /http:\/\/127\.0\.0\.1:\d+/.exec(consumer.stderr)![0];
    for (const path of ['/metrics', '/readyz', '/api/snapshot', '/api/engine'])
      served.push(await (await fetch(page + path)).text());
    ended = await consumer.interrupt();
  });
  afterAll(() => collector.stop());

  it('shows in no log at debug, no metric, no page and no span', () => {
    expect(ended.status, ended.stderr).toBe(0);
    expect(ended.stderr).toMatch(/"level":"debug"/);
    expect(collector.spans.length).toBeGreaterThan(0);
    for (const text of [ended.stderr, ended.stdout, ...served, collector.text]) expect(text).not.toMatch(SHOWN);
  });

  it('is cut on the live page, as the id of a transaction that is called fraud', () => {
    expect(served.join('\n')).toMatch(/"suspects":\[\{"transactionId":"\[card …1111\]"/);
  });

  it('shows in no header of a score: a tracestate that holds it is left out', () => {
    const [{ key, headers }] = scores as [ReadRecord];
    expect(key).toBe(CARD);
    expect(headers['traceparent']?.toString()).toBe(traceparent);
    expect(Object.keys(headers)).not.toContain('tracestate');
  });

  it('shows in no header of a dead letter, whose key and value are as they came', () => {
    for (const { key, value, headers } of letters) {
      expect(key).toBe(CARD);
      expect(value.toString()).toMatch(SHOWN);
      expect(JSON.stringify(Object.entries(headers).map(([name, text]) => [name, text?.toString()]))).not.toMatch(
        SHOWN,
      );
    }
  });

  it.each([
    ...VALUES.map((_, offset) => ['dlt', 'show', `0:${offset}`]),
    ['dlt', 'show', '0:0', '--json'],
    ['dlt', 'replay', '--dry-run'],
    ['evaluate'],
    ['evaluate', '--json'],
    ['dlt', 'list'],
    ['dlt', 'list', '--json'],
    ['dlt', 'list', '--summary'],
    ['doctor'],
    ['doctor', '--json'],
  ])('shows in nothing that %s %s %s %s tells', async (...words) => {
    const { status, stdout, stderr } = await run(words, { ...stage.environment, LOG_LEVEL: 'debug' });
    expect(status, stderr).toBeLessThanOrEqual(2);
    expect(stdout).not.toBe('');
    expect(stdout + stderr).not.toMatch(SHOWN);
    expect(stdout).not.toContain(Buffer.from('41111111').toString('hex'));
  });
});
