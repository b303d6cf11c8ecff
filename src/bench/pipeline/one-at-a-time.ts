// How one begins: a transaction at a time, each question to the engine awaited before the next. The scores of a fetched batch
// go out together, so that what differs is the scoring alone.
import type { Redis } from 'ioredis';
import { Partitioners, type EachBatchPayload, type Kafka, type Producer } from 'kafkajs';
import { referencesKey, resultKey } from '../../contracts/engine-keys.ts';
import { decodeTransaction } from '../../contracts/transaction.ts';
import { DagBuilder } from '../../stream/dag.ts';
import { engineClient } from '../../stream/engine/engine-address.ts';
import { FETCH, type BaselineTask } from './baseline-task.ts';

const DEVICES = ['CPU', 'CPU:1'] as const;
const WINDOW_SECONDS = 172_800;
/** Commits between are what its progress is seen by. */
const SEND_RECORDS = 100;

export async function runOneAtATime(kafka: Kafka, task: BaselineTask): Promise<void> {
  const redis = engineClient(task, {});
  const scorer = new Scorer(redis, task.tag);
  const consumer = kafka.consumer({ groupId: task.names.groupId, ...FETCH });
  const producer = kafka.producer({ idempotent: true, createPartitioner: Partitioners.DefaultPartitioner });
  await Promise.all([consumer.connect(), producer.connect()]);
  await consumer.subscribe({ topics: [task.names.transactions], fromBeginning: true });
  await consumer.run({ autoCommit: false, eachBatch: (payload) => scoreBatch(payload, scorer, producer, task) });
}

async function scoreBatch(
  payload: EachBatchPayload,
  scorer: Scorer,
  producer: Producer,
  { names }: BaselineTask,
): Promise<void> {
  const { messages, partition, topic } = payload.batch;
  for (let from = 0; from < messages.length; from += SEND_RECORDS) {
    const scores = [];
    for (const { key, value } of messages.slice(from, from + SEND_RECORDS)) {
      scores.push({ key, value: await scorer.score(value!), partition });
      await payload.heartbeat();
    }
    await producer.send({ topic: names.scores, messages: scores });
    const next = Number(messages[from + scores.length - 1]!.offset) + 1;
    payload.resolveOffset(String(next - 1));
    await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: String(next) }] }] });
  }
}

class Scorer {
  readonly #redis: Redis;
  readonly #tag: string;
  readonly #dags: DagBuilder;

  constructor(redis: Redis, tag: string) {
    this.#redis = redis;
    this.#tag = tag;
    this.#dags = new DagBuilder({ tag, devices: DEVICES, result: 'shared' });
  }

  async score(value: Buffer): Promise<string> {
    const transaction = decodeTransaction(value);
    const { time, transactionId } = transaction;
    const range = [String(time), String(time - WINDOW_SECONDS), 'LIMIT', '0', '10'];
    const keys = await this.#redis.callBuffer('ZREVRANGEBYSCORE', referencesKey(this.#tag), ...range);
    await this.#redis.callBuffer(
      'AI.DAGEXECUTE',
      ...this.#dags.arguments({ transaction, referenceKeys: keys as Buffer[] }),
    );
    const result = (await this.#redis.callBuffer('AI.TENSORGET', resultKey(this.#tag), 'BLOB')) as Buffer;
    return JSON.stringify({ transactionId, time, score: result.readFloatLE(0) });
  }
}
