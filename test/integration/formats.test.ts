// Promise: whatever format a transaction comes in, it is scored alike; what names a schema that nobody knows is a dead letter.
import { readFileSync } from 'node:fs';
import avro from 'avsc';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseDeadLetterHeaders } from '../../src/contracts/dead-letter.ts';
import { FEATURE_NAMES } from '../../src/contracts/features.ts';
import { decodeFraudScore, type FraudScore } from '../../src/contracts/fraud-score.ts';
import { encodeTransaction } from '../../src/contracts/transaction.ts';
import { packageFile } from '../../src/core/package-root.ts';
import { run, Run } from '../helpers/command-line.ts';
import { schemaRegistry, type SchemaRegistry } from '../helpers/schema-registry.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

interface Field {
  readonly name: string;
  readonly type: unknown;
  readonly default?: unknown;
}
interface RecordSchema {
  readonly fields: readonly Field[];
}
const OURS = JSON.parse(readFileSync(packageFile('schemas', 'transaction.avsc'), 'utf8')) as RecordSchema;
const withFields = (change: (fields: readonly Field[]) => readonly Field[]): RecordSchema => ({
  ...OURS,
  fields: change(OURS.fields),
});

// Its writers hold less than ours; a reader widens: int and float to double.
const narrower = ({ name, type }: Field): unknown => (name === 'time' ? 'int' : /^v/.test(name) ? 'float' : type);

/** How another team's schema may have gone on, by the number that the registry gave it. */
const EVOLVED = new Map<number, RecordSchema>([
  [11, OURS],
  [12, withFields((fields) => [...fields, { name: 'channel', type: 'string', default: 'card' }])],
  [13, withFields((fields) => fields.filter(({ name }) => name !== 'label'))],
  [14, withFields((fields) => fields.map((field) => ({ ...field, type: narrower(field) })))],
  [15, withFields((fields) => fields.filter(({ name }) => name !== 'amount'))],
]);
const UNKNOWN = 99;

/** Numbers that a float holds too, so that every format carries the same transaction. */
const VALUES = FEATURE_NAMES.map((_, index) => index / 4);
const transaction = (transactionId: string): Record<string, unknown> => ({
  transactionId,
  ...Object.fromEntries(FEATURE_NAMES.map((name, index) => [name.toLowerCase(), VALUES[index]])),
  label: 1,
});

function wireFormat(id: number, schema = EVOLVED.get(id) ?? OURS): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(id, 1);
  const type = avro.Type.forSchema(schema as unknown as avro.Schema);
  return Buffer.concat([header, type.toBuffer({ channel: 'card', ...transaction(`schema-${id}`) })]);
}

const SCORED: readonly (readonly [id: string, value: Buffer])[] = [
  ['single-object', encodeTransaction({ transactionId: 'single-object', values: VALUES, label: 1 })],
  ['json', Buffer.from(JSON.stringify(transaction('json')))],
  ['json-spaced', Buffer.from(JSON.stringify({ ...transaction('json-spaced'), label: undefined }, undefined, 2))],
  ...[11, 12, 13, 14].map((id) => [`schema-${id}`, wireFormat(id)] as const),
];
const REFUSED: readonly (readonly [errorClass: string, reason: RegExp, value: Buffer])[] = [
  ['unknown-schema', /does not know it/, wireFormat(UNKNOWN)],
  ['unknown-schema', /amount/, wireFormat(15)],
  ['truncated', /./, wireFormat(11).subarray(0, -9)],
  ['invalid-value', /v7: text where a number belongs/, Buffer.from(JSON.stringify({ ...transaction('x'), v7: '1' }))],
  ['malformed-json', /./, Buffer.from('{"transactionId":')],
];

describeWithKafka('a topic of several formats', () => {
  let stage: Stage;
  let registry: SchemaRegistry;
  let consumer: Run;

  beforeAll(async () => {
    stage = new Stage('formats');
    registry = await schemaRegistry(EVOLVED);
    await stage.createTopics(1);
    await run(['provision', '--references', '10'], stage.environment);
    const producer = stage.kafka.producer();
    await producer.connect();
    const messages = [...SCORED.map(([, value]) => ({ value })), ...REFUSED.map(([, , value]) => ({ value }))];
    await producer.send({ topic: stage.transactions, messages });
    await producer.disconnect();
    consumer = new Run(['consume', '--schema-registry-url', registry.url], stage.environment);
  });
  afterAll(async () => {
    const { status, stderr } = await consumer.interrupt();
    registry.close();
    expect(status, stderr).toBe(0);
  });

  it('is scored whatever the format, with the same score for the same transaction', async () => {
    const scores = (await stage.read(stage.scores, SCORED.length)).map(({ value }) => decodeFraudScore(value));
    expect(scores.map(({ transactionId }) => transactionId)).toEqual(SCORED.map(([id]) => id));
    expect(new Set(scores.map(({ score }) => score)).size).toBe(1);
    const label = (id: string): FraudScore['label'] => scores.find(({ transactionId }) => transactionId === id)!.label;
    expect(['json', 'json-spaced', 'schema-12', 'schema-13'].map(label)).toEqual([1, null, 1, null]);
  });

  it('loses to dead letters, with the reason, what no schema reads', async () => {
    const letters = await stage.read(stage.deadLetters, REFUSED.length);
    for (const [index, [errorClass, reason, value]] of REFUSED.entries()) {
      const letter = parseDeadLetterHeaders(letters[index]!.headers);
      expect(letter).toMatchObject({ stage: 'decode', errorClass });
      expect(letter!.reason).toMatch(reason);
      expect(letters[index]!.value).toEqual(value);
    }
  });

  it('asks the registry once for each schema', () => {
    const ids = [...EVOLVED.keys(), UNKNOWN];
    expect([...registry.asked].sort()).toEqual(ids.map((id) => `/schemas/ids/${id}`).sort());
  });
});
