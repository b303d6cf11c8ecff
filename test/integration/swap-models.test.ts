// Promise: models are replaced while transactions are scored, none is lost, and each score names the models that made it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeFraudScore } from '../../src/contracts/fraud-score.ts';
import { decodeTransaction, type Transaction } from '../../src/contracts/transaction.ts';
import { packageFile } from '../../src/core/package-root.ts';
import { startEngine, type RunningEngine } from '../../src/redisai/index.ts';
import { Rescorer } from '../faults/rescore.ts';
import { run, Run } from '../helpers/command-line.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

const ROWS = 1500;
const REFERENCES = 100;
const MODELS = ['fraud_detection_model.pb', 'fraud_detection_challenger.pb'].map((file) => packageFile('models', file));
const digestOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

const rowOf = (transactionId: string): number => Number(transactionId.split('_')[1]);

/** An engine that holds one model only, to say what that model makes of a transaction. */
interface Judge {
  readonly engine: RunningEngine;
  readonly rescorer: Rescorer;
}

describeWithKafka('models that are replaced', () => {
  const judges = new Map<string, Judge>();
  let stage: Stage;

  beforeAll(async () => {
    stage = new Stage('swap');
    await stage.createTopics();
    await provision(0, 0, stage.environment);
    for (const [index, model] of MODELS.entries()) {
      const engine = await startEngine({});
      await provision(index, index, { REDISAI_URL: engine.url });
      const rescorer = new Rescorer(engine.url, REFERENCES, new Set());
      await rescorer.expectations([]); // connects
      judges.set(digestOf(model), { engine, rescorer });
    }
  });

  afterAll(async () => {
    for (const { engine, rescorer } of judges.values()) {
      rescorer.close();
      await engine.stop();
    }
  });

  async function provision(a: number, b: number, environment: Record<string, string>): Promise<void> {
    const models = ['--model', MODELS[a]!, '--model-b', MODELS[b]!];
    const { status, stderr } = await run(['provision', '--references', String(REFERENCES), ...models], environment);
    expect(status, stderr).toBe(0);
  }

  it('while transactions are scored: each score is what the models it names make of its transaction', async () => {
    const consumer = new Run(['consume', '--policy', 'champion', '--batch-records-max', '50'], stage.environment);
    await consumer.untilSays(/partitions assigned/);
    const replay = new Run(['replay', '--rows', String(ROWS), '--rate', '150'], stage.environment);
    for (let turn = 1; replay.process.exitCode === null; turn++)
      await provision(turn % 2, (turn >> 1) % 2, stage.environment);
    const records = await stage.read(stage.scores, ROWS);
    expect((await consumer.interrupt()).status).toBe(0);

    const scores = records.map(({ value }) => decodeFraudScore(value));
    expect(new Set(scores.map(({ transactionId }) => transactionId)).size).toBe(ROWS);
    expect(scores).toHaveLength(ROWS);
    expect(new Set(scores.map(({ modelDigest }) => modelDigest)).size).toBeGreaterThanOrEqual(2);
    const transactions = await transactionsById();
    // A row that is reference data itself is left out of its own references, which the rescorer knows nothing of.
    for (const score of scores.filter(({ transactionId }) => rowOf(transactionId) >= REFERENCES)) {
      const [digestA, digestB = digestA] = score.modelDigest.split(',');
      const transaction = transactions.get(score.transactionId)!;
      const [a, b] = [digestA!, digestB!].map((digest) => judges.get(digest)!.rescorer.score(transaction));
      expect(score.scoreA, score.modelDigest).toBeCloseTo((await a!).score, 7);
      expect(score.scoreB, score.modelDigest).toBeCloseTo((await b!).score, 7);
      expect(score.score).toBe(score.scoreA);
    }
  });

  async function transactionsById(): Promise<ReadonlyMap<string, Transaction>> {
    const records = await stage.read(stage.transactions, ROWS);
    const transactions = records.map(({ value }) => decodeTransaction(value));
    return new Map(transactions.map((transaction) => [transaction.transactionId, transaction]));
  }
});
