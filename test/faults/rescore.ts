// Computes independently what each transaction's score has to be: references looked up in the provisioned CSV itself, and a
// DAG of the suite's own. Nothing of src/stream is used.
import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { decodeTransaction, type Transaction } from '../../src/contracts/transaction.ts';
import { packageFile } from '../../src/core/package-root.ts';
import { dagScores, type DagScores } from '../helpers/independent-dag.ts';
import type { Expectation, InputRecord } from './oracle.ts';

export interface ExpectedScore extends DagScores {
  readonly referenceCount: number;
  readonly referencesMissing: number;
}

const WINDOW_SECONDS = 172_800;
const REFERENCES_MAX = 10;
const AT_ONCE = 64;
const SAMPLE = packageFile('data', 'transactions.sample.csv');

interface Reference {
  readonly time: number;
  readonly key: string;
}

/** The time of each row of the sample, as provisioned: the first `count` rows are the references. */
export function provisionedReferences(count: number): readonly Reference[] {
  const lines = readFileSync(SAMPLE, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1, count + 1);
  return lines.map((line, index) => {
    const text = line.slice(0, line.indexOf(','));
    return { time: Number(text), key: `${text}_${index}{tag}` };
  });
}

/** Newest first; of equal times the one whose key is greater, as a sorted set read backwards has it. */
const newestFirst = (a: Reference, b: Reference): number =>
  b.time - a.time || Buffer.compare(Buffer.from(b.key), Buffer.from(a.key));

export class Rescorer {
  readonly #redis: Redis;
  readonly #references: readonly Reference[];
  readonly #expired: ReadonlySet<string>;
  /** Many inputs are the same transaction under another id. */
  readonly #known = new Map<string, Promise<ExpectedScore>>();

  /** `expired` are reference keys that are gone though the index names them. */
  constructor(url: string, references: number, expired: ReadonlySet<string>) {
    this.#expired = expired;
    this.#redis = new Redis(url, { lazyConnect: true, protocol: 2, commandTimeout: 30_000 });
    this.#references = provisionedReferences(references).toSorted(newestFirst);
  }

  /** What is to be expected of every input that can be decoded; inputs that cannot are left out. */
  async expectations(inputs: readonly InputRecord[]): Promise<Map<InputRecord, Expectation>> {
    await this.#redis.connect();
    const expected = new Map<InputRecord, Expectation>();
    for (let from = 0; from < inputs.length; from += AT_ONCE) {
      const some = inputs.slice(from, from + AT_ONCE);
      await Promise.all(
        some.map(async (input) => {
          const transaction = decodeTransaction(input.value);
          const score = await this.score(transaction);
          expected.set(input, { kind: 'score', transactionId: transaction.transactionId, ...score });
        }),
      );
    }
    return expected;
  }

  close(): void {
    this.#redis.disconnect();
  }

  score(transaction: Transaction): Promise<ExpectedScore> {
    const { features, time } = transaction;
    const blob = Buffer.from(features.buffer, features.byteOffset, features.byteLength);
    const same = `${time} ${blob.toString('latin1')}`;
    let known = this.#known.get(same);
    if (known === undefined) this.#known.set(same, (known = this.#run(features, this.#referencesUpTo(time))));
    return known;
  }

  #referencesUpTo(time: number): readonly string[] {
    const fitting = this.#references.filter((one) => one.time <= time && one.time >= time - WINDOW_SECONDS);
    return fitting.slice(0, REFERENCES_MAX).map(({ key }) => key);
  }

  async #run(features: Float32Array, keys: readonly string[]): Promise<ExpectedScore> {
    const scores = await dagScores(this.#redis, 'tag', features, keys);
    const referencesMissing = keys.filter((key) => this.#expired.has(key)).length;
    return { ...scores, referenceCount: keys.length - referencesMissing, referencesMissing };
  }
}
