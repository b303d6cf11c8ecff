// Promise: what a transaction belongs to goes on in its score and its dead letter, and in a span of its own; a batch is a span,
// linked to that, with its stages below; a replay begins a trace for each; without a collector nothing of it is there.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeTransaction } from '../../src/contracts/transaction.ts';
import { run, Run } from '../helpers/command-line.ts';
import { describeWithKafka, Stage, type ReadRecord } from '../helpers/stage.ts';
import { startTraceCollector, type CollectedSpan, type TraceCollector } from '../helpers/trace-collector.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const traceparent = `00-${TRACE}-${SPAN}-01`;
const [CONSUMER, PRODUCER] = [5, 4];

const messages = (stage: Stage): object => ({
  'messaging.system': 'kafka',
  'messaging.operation.type': 'send',
  'messaging.operation.name': 'send',
  'messaging.destination.name': stage.scores,
  'messaging.destination.partition.id': '0',
  'messaging.batch.message_count': 4,
});
/** Of four transactions one is none. */
const redis = (command: string): object => ({
  'db.system.name': 'redis',
  'db.operation.name': `PIPELINE ${command}`,
  'db.operation.batch.size': 3,
});
const ATTRIBUTES: Readonly<Record<string, (stage: Stage) => object>> = {
  decode: () => ({}),
  lookup: () => redis('ZREVRANGEBYSCORE'),
  dag: () => redis('AI.DAGEXECUTE'),
  send: messages,
};

const value = (transactionId: string): Buffer =>
  encodeTransaction({ transactionId, values: Array.from({ length: 30 }, () => 1), label: null });

describeWithKafka('traces', () => {
  let stage: Stage;
  let collector: TraceCollector;
  let scores: ReadRecord[];
  let letters: ReadRecord[];

  const scoreAll = async (environment: Readonly<Record<string, string>>): Promise<void> => {
    const producer = stage.kafka.producer();
    await producer.connect();
    const messages = [
      { value: value('traced'), headers: { traceparent, tracestate: 'a=b' } },
      { value: value('untraced') },
      { value: value('malformed'), headers: { traceparent: 'no context' } },
      { value: 'poison', headers: { traceparent } },
    ];
    await producer.send({ topic: stage.transactions, messages: messages.map((each) => ({ ...each, partition: 0 })) });
    await producer.disconnect();
    const consumer = new Run(['consume'], { ...stage.environment, METRICS_PORT: 'off', ...environment });
    [scores, letters] = await Promise.all([stage.read(stage.scores, 3), stage.read(stage.deadLetters, 1)]);
    const { status, stderr } = await consumer.interrupt();
    expect(status, stderr).toBe(0);
  };
  const named = (name: string): CollectedSpan[] => collector.spans.filter((span) => span.name === name);
  const attributesOf = ({ attributes }: CollectedSpan): Record<string, unknown> =>
    Object.fromEntries(attributes.map(({ key, value: { ...of } }) => [key, Object.values(of)[0]]));
  const header = (record: ReadRecord, name = 'traceparent'): string | undefined => record.headers[name]?.toString();

  beforeAll(async () => {
    stage = new Stage('traces');
    collector = await startTraceCollector();
    await stage.createTopics(1);
    await run(['provision', '--references', '20'], stage.environment);
    await scoreAll({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'scorer' });
  });
  afterAll(() => collector.stop());

  it('carries the context on, and gives the batch as context where there is none', () => {
    expect(scores.map(({ key }) => key)).toEqual(['traced', 'untraced', 'malformed']);
    const [batch] = named(`process ${stage.transactions}`);
    const own = `00-${batch!.traceId}-${batch!.spanId}-01`;
    expect(scores.map((score) => header(score))).toEqual([traceparent, own, own]);
    expect(header(scores[0]!, 'tracestate')).toBe('a=b');
    expect(header(letters[0]!)).toBe(traceparent);
    expect(header(letters[0]!, 'errorClass')).toBeDefined();
  });

  it('has a span for the batch, linked to what its transactions belong to', () => {
    const [batch] = named(`process ${stage.transactions}`);
    expect(batch).toMatchObject({ kind: CONSUMER, links: [{ traceId: TRACE, spanId: SPAN }] });
    expect(batch!.parentSpanId).toBeUndefined();
    expect(attributesOf(batch!)).toMatchObject({
      'messaging.system': 'kafka',
      'messaging.destination.name': stage.transactions,
      'messaging.destination.partition.id': '0',
      'messaging.consumer.group.name': stage.tag,
      'messaging.batch.message_count': 4,
    });
    expect(batch!.events!.map(({ name }) => name)).toEqual(['published']);
    expect(collector.text).toMatch(/"service.name","value":\{"stringValue":"scorer"/);
  });

  it.each(['decode', 'lookup', 'dag', 'send'])('has a span for %s below it', (stageName) => {
    const [batch] = named(`process ${stage.transactions}`);
    const [span] = named(stageName === 'send' ? `send ${stage.scores}` : stageName);
    expect(span).toMatchObject({ traceId: batch!.traceId, parentSpanId: batch!.spanId });
    if (stageName === 'send') expect(span!.kind).toBe(PRODUCER);
    expect(attributesOf(span!)).toEqual(ATTRIBUTES[stageName]!(stage));
  });

  it('has a span for each transaction that came with a trace, in that trace', () => {
    const [batch] = named(`process ${stage.transactions}`);
    const spans = named(`score ${stage.transactions}`);
    expect(spans.map((span) => attributesOf(span)['fraudstream.outcome'])).toEqual(['score', 'dead-letter']);
    for (const span of spans)
      expect(span).toMatchObject({
        ...{ traceId: TRACE, parentSpanId: SPAN, kind: CONSUMER },
        links: [{ traceId: batch!.traceId, spanId: batch!.spanId }],
      });
    expect(attributesOf(spans[1]!)).toMatchObject({ 'messaging.kafka.offset': 3 });
  });

  it('is one trace from a replay to the scores, and keeps those that the sampler keeps', async () => {
    const own = new Stage('demo-traced');
    const { url: endpoint } = collector;
    const rows = 40;
    await run(['demo', '--rows', String(rows)], {
      ...{ ...own.environment, METRICS_PORT: 'off', OTEL_EXPORTER_OTLP_ENDPOINT: endpoint },
      ...{ OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.5' },
    });
    const sent = named(`send ${own.transactions}`);
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.length).toBeLessThan(rows);
    expect(attributesOf(sent[0]!)).toMatchObject({ 'messaging.operation.type': 'send', 'messaging.system': 'kafka' });
    const parents = named(`score ${own.transactions}`).map(({ traceId, parentSpanId }) => `${traceId} ${parentSpanId}`);
    expect(parents.sort()).toEqual(sent.map(({ traceId, spanId }) => `${traceId} ${spanId}`).sort());
    const carried = (await own.read(own.scores, rows)).map((score) => header(score)!);
    expect(new Set(carried.map((context) => context.slice(3, 35))).size).toBe(rows);
    expect(carried.filter((context) => context.endsWith('-01'))).toHaveLength(sent.length);
  });

  it('scores all the same while the collector is away, and says so', async () => {
    const consumer = new Run(['consume'], {
      ...{ ...stage.environment, METRICS_PORT: 'off', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:65534' },
      OTEL_BSP_SCHEDULE_DELAY: '100',
    });
    await consumer.untilSays(/"scoring"/);
    await run(['replay', '--rows', '10'], stage.environment);
    await consumer.untilSays(/traces could not be sent/);
    const { status, stderr } = await consumer.interrupt();
    expect(stderr).toMatch(/batch published/);
    expect(status).toBe(0);
  });

  it('is not there unless asked for', async () => {
    stage = new Stage('untraced');
    await stage.createTopics(1);
    await run(['provision', '--references', '20'], stage.environment);
    await scoreAll({});
    expect([...scores, ...letters].map((record) => header(record))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
