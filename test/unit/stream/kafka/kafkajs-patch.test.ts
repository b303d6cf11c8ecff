// What patches/ mends in kafkajs, at the very functions: each of these fails with kafkajs as its registry has it.
import { createRequire } from 'node:module';
import { Kafka, logLevel, type RetryOptions } from 'kafkajs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { requirePatched } from '../../../../src/stream/kafka/require-patched.ts';

const inside = createRequire(import.meta.url);

interface Message {
  readonly offset: string;
  readonly key: Buffer | null;
  readonly isControlRecord: boolean;
  readonly batchContext: { readonly producerId: string; readonly inTransaction: boolean };
}

interface EosManager {
  initProducerId(): Promise<void>;
  beginTransaction(): void;
  addPartitionsToTransaction(topics: readonly object[]): Promise<void>;
  sendOffsets(offsets: { consumerGroupId: string; topics: readonly object[] }): Promise<void>;
  commit(): Promise<void>;
  getSequence(topic: string, partition: number): number;
  updateSequence(topic: string, partition: number, increment: number): void;
}

interface RequestQueue {
  checkPendingRequests(): void;
  scheduleRequestTimeoutCheck(): void;
  push(request: object): void;
  destroy(): void;
}

const HOUR_MS = 3_600_000;

const filterAbortedMessages = inside('kafkajs/src/consumer/filterAbortedMessages.js') as (fetched: {
  messages: readonly Message[];
  abortedTransactions: readonly { firstOffset: string; producerId: string }[];
}) => Message[];
const createEosManager = inside('kafkajs/src/producer/eosManager/index.js') as (options: object) => EosManager;
const { KafkaJSProtocolError } = inside('kafkajs/src/errors.js') as {
  KafkaJSProtocolError: new (error: object) => Error;
};
const ConsumerGroupClass = inside('kafkajs/src/consumer/consumerGroup.js') as new (options: object) => {
  heartbeat(options: { interval: number }): Promise<void>;
};
const RunnerClass = inside('kafkajs/src/consumer/runner.js') as new (options: object) => {
  running: boolean;
  handleBatch(batch: object): Promise<void>;
};
const BatchClass = inside('kafkajs/src/consumer/batch.js') as new (
  topic: string,
  fetchedOffset: string,
  data: object,
) => { readonly messages: readonly Message[] };
const ClusterClass = inside('kafkajs/src/cluster/index.js') as {
  prototype: Record<'refreshMetadataIfNecessary' | 'findGroupCoordinator' | 'findBroker', () => Promise<unknown>>;
};
const RequestQueueClass = inside('kafkajs/src/network/requestQueue/index.js') as new (options: object) => RequestQueue;

const message = (offset: number, producerId: string, key: Buffer | null = Buffer.from('k')): Message => ({
  offset: String(offset),
  key,
  isControlRecord: false,
  batchContext: { producerId, inTransaction: true },
});
const abortMark = (offset: number, producerId: string): Message => ({
  ...message(offset, producerId, Buffer.alloc(4)),
  isControlRecord: true,
});
const delivered = (messages: readonly Message[], abortedTransactions: { firstOffset: string; producerId: string }[]) =>
  filterAbortedMessages({ messages, abortedTransactions })
    .filter(({ isControlRecord }) => !isControlRecord)
    .map(({ offset }) => Number(offset));

describe('the abort filter of kafkajs', () => {
  it('hides both of two aborted transactions that overlap, listed in the order in which they ended', () => {
    const log = [message(0, 'a'), message(1, 'b'), abortMark(2, 'b'), message(3, 'a'), abortMark(4, 'a')];
    const aborted = [
      { firstOffset: '1', producerId: 'b' },
      { firstOffset: '0', producerId: 'a' },
    ];
    expect(delivered([...log, message(5, 'c')], aborted)).toEqual([5]);
  });

  it('hides all of several aborted transactions that began before the first message of a fetch', () => {
    const log = [message(10, 'a'), message(11, 'c'), message(12, 'b'), abortMark(13, 'a'), abortMark(14, 'b')];
    const aborted = [
      { firstOffset: '7', producerId: 'b' },
      { firstOffset: '8', producerId: 'a' },
    ];
    expect(delivered(log, aborted)).toEqual([11]);
  });

  it('takes no record for the end of an aborted transaction because of its key', () => {
    const log = [message(0, 'a'), message(1, 'a', Buffer.alloc(4)), message(2, 'a'), abortMark(3, 'a')];
    expect(delivered(log, [{ firstOffset: '0', producerId: 'a' }])).toEqual([]);
  });
});

describe('the transactional producer of kafkajs', () => {
  /** One broker is coordinator of everything; each call fails with the errors that are left for it, one after another. */
  const producer = async (
    errors: Readonly<Record<string, string[]>>,
    lookUps: () => void = () => undefined,
  ): Promise<EosManager> => {
    const answer = (call: string) => (): Promise<object> => {
      const type = errors[call]?.shift();
      return type === undefined
        ? Promise.resolve({ producerId: '1', producerEpoch: 0 })
        : Promise.reject(new KafkaJSProtocolError({ type, retriable: true, message: type }));
    };
    const broker = {
      nodeId: 1,
      initProducerId: answer('initProducerId'),
      addPartitionsToTxn: answer('addPartitionsToTxn'),
      addOffsetsToTxn: answer('addOffsetsToTxn'),
      txnOffsetCommit: answer('txnOffsetCommit'),
      endTxn: answer('endTxn'),
    };
    const silent = (): void => undefined;
    const findGroupCoordinator = (): Promise<object> => {
      lookUps();
      return Promise.resolve(broker);
    };
    const manager = createEosManager({
      logger: { debug: silent },
      cluster: {
        retry: { initialRetryTime: 1, maxRetryTime: 1, retries: 3 },
        refreshMetadataIfNecessary: () => Promise.resolve(),
        findBroker: () => Promise.resolve(broker),
        findGroupCoordinator,
      },
      transactional: true,
      transactionalId: 'group.topic.0',
    });
    await manager.initProducerId();
    manager.beginTransaction();
    return manager;
  };
  const offsets = { consumerGroupId: 'group', topics: [{}] };

  /** Of a client as the stream has it, on one broker that answers so. */
  const transactionOf = async (
    answers: object,
    retry: RetryOptions = {},
  ): Promise<{ addPartitions(topics: readonly object[]): Promise<void> }> => {
    const initProducerId = (): Promise<object> => Promise.resolve({ producerId: '1', producerEpoch: 0 });
    const broker = { nodeId: 1, initProducerId, ...answers };
    vi.spyOn(ClusterClass.prototype, 'refreshMetadataIfNecessary').mockResolvedValue(undefined);
    vi.spyOn(ClusterClass.prototype, 'findGroupCoordinator').mockResolvedValue(broker);
    vi.spyOn(ClusterClass.prototype, 'findBroker').mockResolvedValue(broker);
    const client = new Kafka({ brokers: ['127.0.0.1:1'], logLevel: logLevel.NOTHING, retry });
    return (await client.producer({ transactionalId: 'id' }).transaction()) as never;
  };
  afterEach(() => vi.restoreAllMocks());

  it('looks its coordinators up once, not before each request', async () => {
    const lookUps = vi.fn();
    const manager = await producer({}, lookUps);
    for (let transaction = 1; transaction <= 3; transaction++) {
      if (transaction > 1) manager.beginTransaction();
      await manager.addPartitionsToTransaction([{ topic: 't', partitions: [{ partition: 0 }] }]);
      await manager.sendOffsets(offsets);
      await manager.commit();
    }
    expect(lookUps).toHaveBeenCalledTimes(2);
  });

  it('looks a coordinator up again that has moved, and repeats what it was asked', async () => {
    const lookUps = vi.fn();
    const left = { endTxn: ['NOT_COORDINATOR_FOR_GROUP'] };
    const manager = await producer(left, lookUps);
    await manager.sendOffsets(offsets);
    await manager.commit();
    expect(left.endTxn).toEqual([]);
    expect(lookUps).toHaveBeenCalledTimes(3);
  });

  it('does not repeat the end of a transaction whose outcome is not known', async () => {
    const left = { endTxn: ['REQUEST_TIMED_OUT', 'REQUEST_TIMED_OUT'] };
    const manager = await producer(left);
    await manager.sendOffsets(offsets);
    await expect(manager.commit()).rejects.toThrow('REQUEST_TIMED_OUT');
    expect(left.endTxn).toHaveLength(1);
  });

  it.each(['GROUP_COORDINATOR_NOT_AVAILABLE', 'NOT_COORDINATOR_FOR_GROUP', 'GROUP_LOAD_IN_PROGRESS'])(
    'sends its offsets again after %s',
    async (type) => {
      const left = { txnOffsetCommit: [type, type] };
      await (await producer(left)).sendOffsets(offsets);
      expect(left.txnOffsetCommit).toEqual([]);
    },
  );

  it('adds offsets again while the last transaction is still being ended', async () => {
    const left = { addOffsetsToTxn: ['CONCURRENT_TRANSACTIONS', 'CONCURRENT_TRANSACTIONS'] };
    await (await producer(left)).sendOffsets(offsets);
    expect(left.addOffsetsToTxn).toEqual([]);
  });

  it('adds partitions again while the last transaction is still being ended', async () => {
    const left = { addPartitionsToTxn: ['CONCURRENT_TRANSACTIONS', 'CONCURRENT_TRANSACTIONS'] };
    const manager = await producer(left);
    await manager.addPartitionsToTransaction([{ topic: 't', partitions: [{ partition: 0 }] }]);
    expect(left.addPartitionsToTxn).toEqual([]);
  });

  it('adds partitions ahead of what is sent to them, where it is asked to', async () => {
    const addPartitionsToTxn = vi.fn(() => Promise.resolve());
    const transaction = await transactionOf({ addPartitionsToTxn });
    await transaction.addPartitions([{ topic: 't', partitions: [{ partition: 3 }] }]);
    await transaction.addPartitions([{ topic: 't', partitions: [{ partition: 3 }] }]);
    const topics = [{ topic: 't', partitions: [3] }];
    expect(addPartitionsToTxn.mock.calls).toEqual([[expect.objectContaining({ transactionalId: 'id', topics })]]);
  });

  it('repeats as often, and as soon, as its client was told to', async () => {
    const busy = new KafkaJSProtocolError({ type: 'CONCURRENT_TRANSACTIONS', retriable: true, message: 'busy' });
    const addPartitionsToTxn = vi.fn(() => Promise.reject(busy));
    const transaction = await transactionOf({ addPartitionsToTxn }, { initialRetryTime: 1, retries: 1 });
    await expect(transaction.addPartitions([{ topic: 't', partitions: [{ partition: 3 }] }])).rejects.toThrow('busy');
    expect(addPartitionsToTxn).toHaveBeenCalledTimes(2);
  });

  it('does not repeat what a fenced producer asks', async () => {
    const left = { addOffsetsToTxn: ['INVALID_PRODUCER_EPOCH', 'INVALID_PRODUCER_EPOCH'] };
    await expect((await producer(left)).sendOffsets(offsets)).rejects.toThrow('INVALID_PRODUCER_EPOCH');
    expect(left.addOffsetsToTxn).toHaveLength(1);
  });

  it('counts sequences modulo 2^31, there and back, as the broker does', async () => {
    const manager = await producer({});
    const greatest = 2 ** 31 - 1;
    manager.updateSequence('t', 0, greatest);
    expect(manager.getSequence('t', 0)).toBe(greatest);
    manager.updateSequence('t', 0, 10);
    expect(manager.getSequence('t', 0)).toBe(9);
    manager.updateSequence('t', 0, -10);
    expect(manager.getSequence('t', 0)).toBe(greatest);
  });
});

describe('the request queue of kafkajs', () => {
  afterEach(() => vi.restoreAllMocks());

  it('sets no timer where nothing waits, and never one for the past', () => {
    const timer = vi.spyOn(globalThis, 'setTimeout');
    const queue = new RequestQueueClass({ maxInFlightRequests: 1, requestTimeout: 1_000, logger: {} });
    queue.checkPendingRequests();
    expect(timer).not.toHaveBeenCalled();
  });
});

describe('kafkajs under a clock that is set', () => {
  afterEach(() => vi.restoreAllMocks());

  it('does not take a request for unanswered because the clock went forward', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const queue = new RequestQueueClass({ requestTimeout: 1_000, enforceRequestTimeout: true, logger: {} });
    const reject = vi.fn();
    queue.scheduleRequestTimeoutCheck();
    const entry = { correlationId: 1, reject };
    queue.push({ entry, expectResponse: true, sendRequest: () => undefined });
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now + HOUR_MS);
    vi.advanceTimersByTime(500);
    queue.destroy();
    vi.useRealTimers();
    expect(reject).not.toHaveBeenCalled();
  });

  it('goes on with heartbeats when the clock went back', async () => {
    const heartbeat = vi.fn(() => Promise.resolve());
    const logger = { namespace: () => logger };
    const group = new ConsumerGroupClass({ logger, instrumentationEmitter: { emit: () => undefined } });
    Object.assign(group, { memberId: 'me', coordinator: { heartbeat } });
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now - HOUR_MS);
    await group.heartbeat({ interval: 0 });
    expect(heartbeat).toHaveBeenCalledOnce();
  });
});

describe('the consumer of kafkajs', () => {
  it('says where the fetch began that brought nothing to deliver', async () => {
    const events: unknown[] = [];
    const consumerGroup = { resolveOffset: () => undefined, heartbeat: () => Promise.resolve() };
    const silent = { namespace: () => silent, debug: () => undefined };
    const runner = new RunnerClass({
      logger: silent,
      consumerGroup,
      instrumentationEmitter: { emit: (_name: string, payload: unknown) => events.push(payload) },
      concurrency: 1,
      autoCommit: false,
      eachBatch: () => Promise.reject(new Error('there is nothing to take')),
    });
    runner.running = true;
    await runner.handleBatch(
      new BatchClass('t', '3', { partition: 0, highWatermark: '9', messages: [abortMark(7, 'a')] }),
    );
    expect(events).toContainEqual(expect.objectContaining({ fetchedOffset: '3', firstOffset: '7', lastOffset: '7' }));
  });
});

describe('a consumer', () => {
  it('takes the patched kafkajs, and refuses any other', () => {
    expect(() => requirePatched()).not.toThrow();
    for (const other of [{}, { fraudstreamPatch: 1 }])
      expect(() => requirePatched(other)).toThrow(expect.objectContaining({ code: 'KAFKAJS_UNPATCHED' }));
  });
});

describe('the records that kafkajs writes', () => {
  const encodeRecord = inside('kafkajs/src/protocol/recordBatch/record/v0/index.js') as (record: object) => {
    readonly buffer: Buffer;
  };
  const groupByPartition = inside('kafkajs/src/producer/groupMessagesPerPartition.js') as (
    messages: object,
  ) => Record<number, object[]>;

  const encodeProduce = inside('kafkajs/src/protocol/requests/produce/v3/request.js') as (request: object) => {
    encode(): Promise<{ readonly buffer: Buffer }>;
  };
  const decodeMessages = inside('kafkajs/src/protocol/requests/fetch/v4/decodeMessages.js') as (
    decoder: object,
  ) => Promise<(Message & { timestamp: string; value: Buffer | null; headers: Record<string, unknown> })[]>;
  const DecoderClass = inside('kafkajs/src/protocol/decoder.js') as new (bytes: Buffer) => object;
  const crc32c = inside('kafkajs/src/protocol/recordBatch/crc32C/index.js') as (bytes: Buffer) => number;
  const { Types } = inside('kafkajs/src/protocol/message/compression/index.js') as {
    Types: Record<'None' | 'GZIP', number>;
  };
  /** What stands before the first batch of a request for topic `t` without a transactional id. */
  const BEFORE_BATCH = 2 + 2 + 4 + 4 + 3 + 4 + 4 + 4;

  const writtenBatch = async (messages: readonly object[], compression: number): Promise<Buffer> => {
    const topicData = [{ topic: 't', partitions: [{ partition: 0, firstSequence: 0, messages }] }];
    const { buffer } = await encodeProduce({ acks: -1, timeout: 1_000, compression, topicData }).encode();
    return buffer.subarray(BEFORE_BATCH);
  };
  const readBatch = (bytes: Buffer) => {
    const size = Buffer.alloc(4);
    size.writeInt32BE(bytes.length);
    return decodeMessages(new DecoderClass(Buffer.concat([size, bytes])));
  };
  /** CRC-32C, a bit at a time. */
  const castagnoli = (bytes: Buffer): number => {
    let crc = -1;
    for (const byte of bytes) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) * 0x82f63b78);
    }
    return ~crc >>> 0;
  };

  /** As the protocol has it: zigzag, seven bits a byte, the lowest first. */
  const varint = (value: number): number[] => {
    let rest = (BigInt(value) << 1n) ^ (BigInt(value) >> 63n);
    const bytes: number[] = [];
    for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
    return [...bytes, Number(rest)];
  };
  const lengthAndBytes = (text: string | null): number[] =>
    text === null ? varint(-1) : [...varint(Buffer.byteLength(text)), ...Buffer.from(text)];

  it.each([0, 1, 63, 64, 8191, 8192, 2 ** 30 - 1, 2 ** 30, 2 ** 31, 2 ** 40, -1, -65, -(2 ** 31)])(
    'are laid out as the protocol says, %i ms after the first',
    (timestampDelta) => {
      for (const value of [null, '', 'v', 'v'.repeat(64), 'ü'.repeat(10_000)]) {
        const body = [
          0,
          ...varint(timestampDelta),
          ...varint(500),
          ...lengthAndBytes('key'),
          ...lengthAndBytes(value),
          0,
        ];
        const { buffer } = encodeRecord({
          offsetDelta: 500,
          timestampDelta,
          key: 'key',
          value: value && Buffer.from(value),
        });
        expect(buffer.equals(Buffer.from([...varint(body.length), ...body]))).toBe(true);
      }
    },
  );

  it.each([Types.None, Types.GZIP])(
    'come out of a batch as they went in, compressed as %i says',
    async (compression) => {
      const messages = Array.from({ length: 300 }, (_, index) => ({
        key: index % 7 === 0 ? null : `key ${index}`,
        value: index % 11 === 0 ? null : Buffer.alloc((index * 37) % 1_000, index),
        timestamp: String(1_700_000_000_000 + index * 1_000_003),
        headers: index % 5 === 0 ? { one: 'a', many: ['b', 'c'] } : {},
      }));
      const bytes = await writtenBatch(messages, compression);
      expect(bytes.readInt32BE(8)).toBe(bytes.length - 12);
      expect(bytes.readUInt32BE(17)).toBe(castagnoli(bytes.subarray(21)));
      const read = await readBatch(bytes);
      expect(
        read.map(({ offset, timestamp, key, value, headers }) => ({
          offset,
          timestamp,
          key: key?.toString(),
          value,
          headers: Object.entries(headers).map(([name, header]) => `${name} ${String(header)}`),
        })),
      ).toEqual(
        messages.map(({ key, value, timestamp, headers }, index) => ({
          offset: String(index),
          timestamp,
          key: key ?? undefined,
          value,
          headers: Object.entries(headers).map(([name, header]) => `${name} ${String(header)}`),
        })),
      );
    },
  );

  it.each([0, 1, 7, 8, 9, 15, 16, 1_000])('carry the checksum of the protocol, over %i bytes', (length) => {
    const bytes = Buffer.from(Array.from({ length }, (_, index) => (index * 193 + 251) % 256));
    expect(crc32c(bytes)).toBe(castagnoli(bytes));
  });

  it('keep their places and times where these are beyond exact numbers', async () => {
    const bytes = await writtenBatch([{ key: null, value: null, timestamp: '0', headers: {} }], Types.None);
    bytes.writeBigInt64BE(2n ** 60n, 0);
    bytes.writeBigInt64BE(2n ** 60n + 1n, 27);
    expect(await readBatch(bytes)).toMatchObject([{ offset: String(2n ** 60n), timestamp: String(2n ** 60n + 1n) }]);
  });

  it('are delivered from the wanted one on, where a fetch brings earlier ones too', () => {
    const fetched = (wanted: string) =>
      new BatchClass('t', wanted, {
        messages: [3, 4, 5].map((offset) => message(offset, 'a')),
        abortedTransactions: [],
        highWatermark: '9',
      });
    const offsetsFrom = (wanted: string) => fetched(wanted).messages.map(({ offset }) => offset);
    expect(offsetsFrom('3')).toEqual(['3', '4', '5']);
    expect(offsetsFrom('5')).toEqual(['5']);
    expect(offsetsFrom('6')).toEqual([]);
  });

  it('stay in their order in each partition', () => {
    const messages = Array.from({ length: 100 }, (_, index) => ({ partition: index % 3, index }));
    const partitioner = ({ message }: { message: { partition: number } }): number => message.partition;
    const groups = groupByPartition({ topic: 't', partitionMetadata: [{}], messages, partitioner });
    for (const partition of [0, 1, 2])
      expect(groups[partition]).toEqual(messages.filter((message) => message.partition === partition));
    expect(groupByPartition({ topic: 't', partitionMetadata: [], messages, partitioner })).toEqual({});
  });
});
