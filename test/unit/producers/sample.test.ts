// The sample that the demo replays is what data/README.md says it is.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readTransactions } from '../../../producers/csv.ts';
import { synthesize } from '../../../producers/synthesize.ts';
import { packageFile } from '../../../src/core/package-root.ts';

const SAMPLE = packageFile('data', 'transactions.sample.csv');

it('the sample is made, byte for byte, by the command in data/README.md', () => {
  const command = /synthesize --rows (\d+) --seed (\d+) --fraud-rate (\S+)/.exec(
    readFileSync(packageFile('data', 'README.md'), 'utf8'),
  )!;
  const [rows, seed, fraudRate] = command.slice(1).map(Number) as [number, number, number];
  expect(readFileSync(SAMPLE, 'utf8') === [...synthesize({ rows, seed, fraudRate })].join('')).toBe(true);
});

it('the sample has as many transactions and frauds as data/README.md says', async () => {
  let [rows, frauds] = [0, 0];
  for await (const { label } of (await readTransactions(SAMPLE)).rows) {
    rows += 1;
    frauds += label!;
  }
  expect([rows, frauds]).toEqual([5000, 12]);
});
