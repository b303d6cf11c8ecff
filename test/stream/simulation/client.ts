// kafkajs' client, in the parts that publish.ts and group-offsets.ts use, on the simulated broker; each request goes over the
// simulated network. Like the real one, a producer that failed in the middle of a Kafka transaction cannot end it cleanly.
import type { Admin, Kafka, Producer, ProducerBatch, ProducerConfig, Transaction } from 'kafkajs';
import type { ProducerIdentity, SimulatedBroker } from './broker.ts';
import type { Network } from './network.ts';
import type { Actor } from './scheduler.ts';

export interface ClientWorld {
  readonly broker: SimulatedBroker;
  readonly network: Network;
  readonly topic: string;
  readonly records: number;
}

type Ask = <Answer>(happens: () => Answer) => Promise<Answer>;

/** As the process `who` would have it from kafkajs. */
export function simulatedClient(world: ClientWorld, who: Actor): Kafka {
  const ask: Ask = (happens) => world.network.call(who, happens);
  const parts = {
    producer: ({ transactionalId }: ProducerConfig) => producer(world, ask, transactionalId),
    admin: () => admin(world, ask),
  };
  return parts as unknown as Kafka;
}

function admin({ broker, topic, records }: ClientWorld, ask: Ask): Admin {
  const parts = {
    connect: () => Promise.resolve(),
    disconnect: () => Promise.resolve(),
    fetchOffsets: () =>
      ask(() => {
        const { offset, metadata } = broker.group ?? { offset: -1, metadata: null };
        return [{ topic, partitions: [{ partition: 0, offset: String(offset), metadata }] }];
      }),
    fetchTopicOffsets: (of: string) =>
      ask(() => {
        const high = String(of === topic ? records : broker.committedMessages(of).length);
        return [{ partition: 0, low: '0', high, offset: high }];
      }),
    fetchRecords: ({ topic: of, offset }: { topic: string; offset: number }) =>
      ask(() => {
        const messages = broker.committedMessages(of).slice(offset);
        return { messages, nextOffset: offset + messages.length };
      }),
  };
  return parts as unknown as Admin;
}

function producer({ broker }: ClientWorld, ask: Ask, transactionalId: string | undefined): Producer {
  let identity: ProducerIdentity | undefined;
  const parts = {
    connect: () => Promise.resolve(),
    disconnect: () => Promise.resolve(),
    transaction: async () => {
      identity ??= await ask(() => broker.initProducer(transactionalId!));
      return transaction(broker, ask, identity);
    },
    sendBatch: ({ topicMessages = [] }: ProducerBatch) =>
      ask(() => topicMessages.forEach(({ topic, messages }) => broker.append(topic, messages, true))),
  };
  return parts as unknown as Producer;
}

function transaction(broker: SimulatedBroker, ask: Ask, identity: ProducerIdentity): Transaction {
  let isActive = true;
  const end = (isCommit: boolean) => (): Promise<void> => {
    isActive = false;
    return ask(() => broker.endTransaction(identity, isCommit));
  };
  const parts = {
    isActive: () => isActive,
    addPartitions: () => ask(() => broker.openTransaction(identity)),
    sendBatch: async ({ topicMessages = [] }: ProducerBatch) => {
      await ask(() => broker.openTransaction(identity));
      await ask(() => topicMessages.forEach(({ topic, messages }) => broker.produce(identity, topic, messages)));
    },
    sendOffsets: async ({ topics }: Parameters<Transaction['sendOffsets']>[0]) => {
      await ask(() => broker.openTransaction(identity));
      const { offset, metadata } = topics[0]!.partitions[0]! as unknown as { offset: string; metadata: string };
      await ask(() => broker.txnOffsetCommit(identity, { offset: Number(offset), metadata }));
    },
    commit: end(true),
    abort: end(false),
  };
  return parts as unknown as Transaction;
}
