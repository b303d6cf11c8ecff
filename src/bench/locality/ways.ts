// Both ways to the scores of some transactions: fetch their references and compute here, or let the engine compute beside
// them. Each asks twice, in one write each time: for the keys, then for hashes or for DAGs.
import type { ChainableCommander, Redis } from 'ioredis';
import { referencesKey } from '../../contracts/engine-keys.ts';
import type { Transaction } from '../../contracts/transaction.ts';
import { FraudstreamError } from '../../core/errors.ts';
import { DagBuilder } from '../../stream/dag.ts';
import { readScores } from '../../stream/score.ts';
import { BENCH_DEVICES } from '../engine-stage.ts';
import type { ClientModel } from './client-model.ts';
import type { Way } from './locality-load.ts';

export type ScoreAll = (redis: Redis, transactions: readonly Transaction[], references: number) => Promise<number[]>;

export function waysTo(tag: string, model: ClientModel): Readonly<Record<Way, ScoreAll>> {
  const dags = new DagBuilder({ tag, devices: BENCH_DEVICES, result: 'none' });
  return {
    client: async (redis, transactions, references) => {
      const keys = await referenceKeys(redis, tag, transactions, references);
      const hashes = await ask(redis, keys.flat(), (pipeline, key) => pipeline.call('HVALS', key));
      let at = 0;
      const fields = keys.map(({ length }) => (hashes.slice(at, (at += length)) as string[][]).flat());
      return model.scores(
        transactions.map(({ features }) => features),
        fields,
      );
    },
    dag: async (redis, transactions, references) => {
      const keys = await referenceKeys(redis, tag, transactions, references);
      const requests = transactions.map((transaction, index) => ({ transaction, referenceKeys: keys[index]! }));
      const replies = await ask(redis, requests, (pipeline, dag) =>
        pipeline.callBuffer('AI.DAGEXECUTE', ...dags.arguments(dag)),
      );
      return replies.map(scoreOf);
    },
  };
}

/** The newest of each transaction's past; nothing is asked where nothing is wanted. */
async function referenceKeys(
  redis: Redis,
  tag: string,
  transactions: readonly Transaction[],
  references: number,
): Promise<Buffer[][]> {
  if (references === 0) return transactions.map(() => []);
  const replies = await ask(redis, transactions, (pipeline, { time }) =>
    pipeline.callBuffer('ZREVRANGEBYSCORE', referencesKey(tag), time, '-inf', 'LIMIT', 0, references),
  );
  return replies as Buffer[][];
}

async function ask<Item>(
  redis: Redis,
  items: readonly Item[],
  add: (pipeline: ChainableCommander, item: Item) => unknown,
): Promise<unknown[]> {
  if (items.length === 0) return [];
  const pipeline = redis.pipeline();
  for (const item of items) add(pipeline, item);
  const replies = (await pipeline.exec()) ?? [];
  return replies.map(([error, reply]) => {
    if (error !== null) throw error;
    return reply;
  });
}

function scoreOf(reply: unknown): number {
  const scores = readScores(reply as Parameters<typeof readScores>[0], 1);
  if ('score' in scores) return scores.score;
  throw new FraudstreamError('BENCH_REPLY_ERROR', `a DAG gave no score: ${scores.reason}`, {
    next: 'see the log of the engine',
  });
}
