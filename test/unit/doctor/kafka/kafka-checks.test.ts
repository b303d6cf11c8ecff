// Promise: each thing that can be wrong with Kafka is told on its own line, and a healthy one gives no complaint.
import { describe, expect, it } from 'vitest';
import { encodeTransaction } from '../../../../src/contracts/transaction.ts';
import { examine } from '../../../../src/doctor/examine.ts';
import { KAFKA_CHECKS } from '../../../../src/doctor/kafka/kafka-checks.ts';
import type { KafkaPeer } from '../../../../src/doctor/kafka/kafka-peer.ts';
import type { SourceRecord } from '../../../../src/stream/source-record.ts';

const NOW = 1_700_000_000_000;
const denied = (type: string): Error => Object.assign(new Error('not authorized'), { type });

const good = encodeTransaction({ transactionId: '0_0', values: new Array<number>(30).fill(0), label: null });

const record = (value: Buffer, timestamp = NOW): SourceRecord => ({
  topic: 'transactions',
  partition: 0,
  offset: 0,
  timestamp,
  key: null,
  value,
});

interface Scene {
  readonly controller?: number | null;
  readonly partitions?: Readonly<Record<string, number>>;
  readonly leader?: number;
  readonly isr?: readonly number[];
  readonly committed?: number;
  readonly transaction?: Error;
  readonly group?: Error;
  readonly delivery?: 'at-least-once';
  readonly records?: readonly SourceRecord[];
}

function kafkaPeer(scene: Scene): KafkaPeer {
  const widths: Readonly<Record<string, number>> = { transactions: 2, scores: 2, dlt: 2, ...scene.partitions };
  const admin = {
    describeCluster: () =>
      Promise.resolve({
        brokers: [{ nodeId: 1, host: 'here', port: 9092 }],
        controller: scene.controller === undefined ? 1 : scene.controller,
        clusterId: 'c',
      }),
    fetchTopicMetadata: ({ topics: [name] = [] }: { topics?: string[] } = {}) => {
      const width = widths[name!]!;
      if (width === 0) return Promise.reject(denied('UNKNOWN_TOPIC_OR_PARTITION'));
      if (width < 0) return Promise.reject(denied('TOPIC_AUTHORIZATION_FAILED'));
      const { leader = 1, isr = [1] } = scene;
      const partitions = Array.from({ length: width }, (_, partitionId) => ({
        ...{ partitionErrorCode: 0, partitionId, leader, isr: [...isr], replicas: [1] },
      }));
      return Promise.resolve({ topics: [{ name: name!, partitions }] });
    },
    fetchTopicOffsets: () => Promise.resolve([{ partition: 0, offset: '30', high: '30', low: '10' }]),
    fetchOffsets: () =>
      scene.group === undefined
        ? Promise.resolve([
            {
              topic: 'transactions',
              partitions: [{ partition: 0, offset: String(scene.committed ?? -1), metadata: null }],
            },
          ])
        : Promise.reject(scene.group),
    describeGroups: () => Promise.resolve({ groups: [] }),
  };
  return {
    admin,
    plan: {
      transactionsTopic: 'transactions',
      scoresTopic: 'scores',
      deadLetterTopic: 'dlt',
      groupId: 'group',
      delivery: scene.delivery ?? 'exactly-once',
      partitions: 2,
    },
    tryTransaction: () => (scene.transaction === undefined ? Promise.resolve() : Promise.reject(scene.transaction)),
    sample: () => Promise.resolve(scene.records ?? [record(good)]),
    schemasOf: () => Promise.resolve(undefined),
    now: () => NOW,
  };
}

async function complaints(scene: Scene): Promise<string[]> {
  const lines = await examine(KAFKA_CHECKS, kafkaPeer(scene));
  return lines
    .filter(({ severity }) => severity !== 'ok')
    .map(({ severity, check, message, next = '' }) => `${severity} ${check}: ${message} → ${next}`);
}

const CASES: readonly (readonly [what: string, scene: Scene, line: RegExp])[] = [
  ['no controller', { controller: null }, /^warning brokers: .*no controller/],
  [
    'a missing topic',
    { partitions: { scores: 0 } },
    /^error topics: scores does not exist → .*--create --topic scores --partitions 2/,
  ],
  ['a topic that may not be seen', { partitions: { dlt: -1 } }, /^error topics: dlt: .*may not see it → kafka-acls/],
  [
    'too few partitions',
    { partitions: { scores: 1 } },
    /^error topics: scores has 1 .*→ .*--alter --topic scores --partitions 2/,
  ],
  ['partitions without a leader', { leader: -1 }, /^error topics: transactions: 2 of 2 partitions have no leader/],
  ['replicas out of sync', { isr: [] }, /^warning topics: transactions: 2 of 2 partitions lack replicas/],
  [
    'Kafka transactions that are not allowed',
    { transaction: denied('TRANSACTIONAL_ID_AUTHORIZATION_FAILED') },
    /^error transactions: .*group\.\* → kafka-acls/,
  ],
  ['a broker that is away', { transaction: new Error('closed') }, /^error transactions: closed/],
  ['a group that is not allowed', { group: denied('GROUP_AUTHORIZATION_FAILED') }, /^error group: group: .*may not/],
  ['expired records', { committed: 4 }, /^error group: .*records 4 to 9 were deleted/],
  ['a topic made anew', { committed: 31 }, /^error group: .*31 lies past the end, 30/],
  ['records that nobody can read', { records: [record(Buffer.from('?'))] }, /^error records: 1 of the newest 1/],
  [
    'a record that nobody can read',
    { records: [record(good), record(Buffer.from('?'))] },
    /^warning records: 1 of the newest 2/,
  ],
  ['records from the future', { records: [record(good, NOW + 9_000)] }, /^warning records: .*9 s in the future/],
];

describe('the checks of Kafka', () => {
  it('find nothing wrong with a healthy one', async () => {
    expect(await complaints({ committed: 20 })).toEqual([]);
  });

  it('find nothing wrong before the first record and the first consumer', async () => {
    expect(await complaints({ records: [] })).toEqual([]);
  });

  it('ask for no Kafka transaction where none is used', async () => {
    expect(await complaints({ delivery: 'at-least-once', transaction: new Error('denied') })).toEqual([]);
  });

  it.each(CASES)('tell of %s', async (_what, scene, line) => {
    expect(await complaints(scene)).toContainEqual(expect.stringMatching(line));
  });
});
