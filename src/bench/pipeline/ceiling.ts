// The ceiling: the same records read and as many bytes written with kafkajs, in Kafka transactions of the same size with the
// same transactional ids, and nothing done in between. No consumer on kafkajs can be faster.
import { Partitioners, type EachBatchPayload, type Kafka, type Producer } from 'kafkajs';
import { FETCH, PARTITIONS_CONCURRENT, SCORE_BYTES, type BaselineTask } from './baseline-task.ts';

const SCORE = Buffer.alloc(SCORE_BYTES, 'x');
/** Of one send: a topic takes no more than 1 MiB unless told. */
const SEND_RECORDS = 1_000;

export async function runCeiling(kafka: Kafka, task: BaselineTask): Promise<void> {
  const { groupId, transactions } = task.names;
  const consumer = kafka.consumer({ groupId, ...FETCH });
  const producers = new Map<number, Promise<Producer>>();
  const producerOf = (partition: number): Promise<Producer> => {
    const known = producers.get(partition) ?? connectedProducer(kafka, `${groupId}.${transactions}.${partition}`);
    producers.set(partition, known);
    return known;
  };
  await consumer.connect();
  await consumer.subscribe({ topics: [transactions], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: PARTITIONS_CONCURRENT,
    eachBatch: async (payload) => passOn(payload, await producerOf(payload.batch.partition), task),
  });
}

async function connectedProducer(kafka: Kafka, transactionalId: string): Promise<Producer> {
  const producer = kafka.producer({
    transactionalId,
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  return producer;
}

async function passOn(payload: EachBatchPayload, producer: Producer, task: BaselineTask): Promise<void> {
  const { messages, partition, topic } = payload.batch;
  for (let from = 0; from < messages.length; from += task.batchRecordsMax) {
    const some = messages.slice(from, from + task.batchRecordsMax);
    const transaction = await producer.transaction();
    for (let sent = 0; sent < some.length; sent += SEND_RECORDS) {
      const scores = some.slice(sent, sent + SEND_RECORDS).map(({ key }) => ({ key, value: SCORE, partition }));
      await transaction.send({ topic: task.names.scores, messages: scores, acks: -1 });
    }
    const last = some.at(-1)!.offset;
    const partitions = [{ partition, offset: String(Number(last) + 1) }];
    await transaction.sendOffsets({ consumerGroupId: task.names.groupId, topics: [{ topic, partitions }] });
    await transaction.commit();
    payload.resolveOffset(last);
    await payload.heartbeat();
  }
}
