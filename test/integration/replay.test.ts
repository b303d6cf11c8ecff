// Promise: a CSV is replayed as it is meant, or refused with the place where it is wrong; no half-read row reaches the topic.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeTransaction } from '../../src/contracts/transaction.ts';
import { FEATURE_NAMES } from '../../src/contracts/features.ts';
import { run } from '../helpers/command-line.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'fraudstream-test-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const HEADER = [...FEATURE_NAMES, 'Class'];
const row = (time: number, amount: string | number = '12.50', label = '0'): string[] => [
  String(time),
  ...Array.from({ length: 28 }, (_, i) => String(i / 4)),
  String(amount),
  label,
];
const csv = (rows: readonly (readonly string[])[], lineEnd = '\n'): string =>
  [HEADER, ...rows].map((cells) => cells.join(',') + lineEnd).join('');

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const quoted = (cells: readonly string[]): string[] => cells.map((cell) => `"${cell}"`);

describeWithKafka('replay', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = new Stage('replay');
    await stage.createTopics(1);
  });

  it('takes a byte order mark, CRLF, quotes and a last line without end', async () => {
    const texts = [
      ['bom.csv', '\uFEFF' + csv([row(1)])],
      ['crlf.csv', csv([row(2)], '\r\n')],
      ['quoted.csv', [quoted(HEADER), quoted(row(3, 9, '1'))].map((cells) => cells.join(',')).join('\n')],
    ] as const;
    for (const [name, text] of texts) {
      const { status, stderr } = await run(['replay', file(name, text)], stage.environment);
      expect(status, `${name}: ${stderr}`).toBe(0);
    }
    const records = await stage.read(stage.transactions, 3);
    const transactions = records.map(({ value }) => decodeTransaction(value));
    expect(transactions.map(({ transactionId, label }) => [transactionId, label])).toEqual([
      ['1_0', 0],
      ['2_0', 0],
      ['3_0', 1],
    ]);
  });

  it.each([
    ['a ragged row', csv([row(1), row(2).slice(1)]), /:3: 30 cells where the header has 31 columns/],
    ['what is no number', csv([row(1, 'abc')]), /:2: column Amount: 'abc' is not a number/],
    ['a missing column', csv([row(1)]).replace('V12,', ''), /:1: missing column V12/],
    ['an empty file', '', /is empty/],
  ])('refuses %s, naming the place', async (name, text, message) => {
    const { status, stderr } = await run(['replay', file(`${name}.csv`, text)], stage.environment);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^next: /m);
    expect(status).toBe(65);
  });

  it('says that the topic is missing', async () => {
    const environment = { ...stage.environment, TRANSACTIONS_TOPIC: 'no-such-topic' };
    const { status, stderr } = await run(['replay', '--rows', '1'], environment);
    expect(stderr).toMatch(/^error: the topic no-such-topic does not exist.*\n(cause: .*\n)?next: /m);
    expect(status).toBe(69);
  });
});

describe('without Kafka', () => {
  it.each(['replay', 'consume'])('%s says so once, and ends', async (command) => {
    const { status, stderr } = await run([command], { KAFKA_BROKERS: '127.0.0.1:1', LOG_LEVEL: 'silent' });
    expect(stderr).toMatch(/^error: no Kafka broker answers at 127\.0\.0\.1:1.*\n(cause: .*\n)?next: .*\n$/);
    expect(status).toBe(69);
  });
});
