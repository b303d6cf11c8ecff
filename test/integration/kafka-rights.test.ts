// Promise: over TLS and SCRAM, with exactly the rights that docs/security.md lists, everything works; without one of them,
// an error says what is missing.
import {
  AclOperationTypes as Operation,
  AclPermissionTypes,
  AclResourceTypes as Resource,
  ResourcePatternTypes as Pattern,
  type AclEntry,
} from 'kafkajs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run, Run } from '../helpers/command-line.ts';
import { startSecureBroker, type SecureBroker } from '../helpers/secure-broker.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

const USERS = ['scorer', 'sender', 'reader', 'nobody'];

type Right = readonly [user: string, Resource, name: string, ...operations: Operation[]];

/** The table of docs/security.md; a name that ends with a dot or a hyphen is a prefix. */
const RIGHTS: readonly Right[] = [
  ['scorer', Resource.TOPIC, 'transactions', Operation.READ, Operation.DESCRIBE],
  ['scorer', Resource.TOPIC, 'fraud-scores', Operation.READ, Operation.WRITE, Operation.DESCRIBE],
  ['scorer', Resource.TOPIC, 'transactions.dlt', Operation.READ, Operation.WRITE, Operation.DESCRIBE],
  ['scorer', Resource.GROUP, 'fraudstream', Operation.READ, Operation.DESCRIBE],
  ['scorer', Resource.TRANSACTIONAL_ID, 'fraudstream.', Operation.WRITE, Operation.DESCRIBE],
  ['sender', Resource.TOPIC, 'transactions', Operation.WRITE, Operation.DESCRIBE],
  ['reader', Resource.TOPIC, 'fraud-scores', Operation.READ, Operation.DESCRIBE],
  ['reader', Resource.GROUP, 'fraudstream-reader-', Operation.READ, Operation.DESCRIBE, Operation.DELETE],
];

const entriesOf = ([user, resourceType, resourceName, ...operations]: Right): AclEntry[] =>
  operations.map((operation) => ({
    ...{ resourceType, resourceName, operation, principal: `User:${user}`, host: '*' },
    resourcePatternType: /[.-]$/.test(resourceName) ? Pattern.PREFIXED : Pattern.LITERAL,
    permissionType: AclPermissionTypes.ALLOW,
  }));

describeWithKafka('a user of Kafka with the listed rights', () => {
  let broker: SecureBroker;
  let stage: Stage;
  const as = (user: string): Record<string, string> => ({
    ...broker.environmentOf(user),
    ...{ REDISAI_URL: stage.redisaiUrl, HASH_TAG: stage.tag, METRICS_PORT: 'off' },
  });

  beforeAll(async () => {
    stage = new Stage('rights');
    broker = await startSecureBroker(USERS);
    const topics = ['transactions', 'fraud-scores', 'transactions.dlt'];
    await broker.admin.createTopics({ topics: topics.map((topic) => ({ topic, numPartitions: 2 })) });
    await broker.admin.createAcls({ acl: RIGHTS.flatMap(entriesOf) });
    await run(['provision', '--references', '20'], stage.environment);
  });
  afterAll(() => broker.stop());

  it('replays, scores and reads the scores', async () => {
    const replay = await run(['replay', '--rows', '60'], as('sender'));
    expect(replay.status, replay.stderr).toBe(0);
    const consumer = new Run(['consume'], as('scorer'));
    await consumer.untilSays(/batch published/);
    const { status, stderr } = await consumer.interrupt();
    expect(status, stderr).toBe(0);
    const { stdout } = await run(['scores', '--json'], as('reader'));
    expect(stdout).toMatch(/"transactionId"/);
  });

  it('is told by the doctor what it lacks', async () => {
    const { status, stdout } = await run(['doctor'], { ...as('nobody'), LOG_LEVEL: 'silent' });
    expect(stdout).toMatch(/^error +topics +transactions: this user may not see it\n +next: kafka-acls/m);
    expect(stdout).toMatch(/^error +transactions +this user may not run Kafka transactions as fraudstream\.\*/m);
    expect(status).toBe(2);
  });

  it('is told what a consumer lacks', async () => {
    const { status, stderr } = await run(['consume'], as('sender'));
    expect(stderr).toMatch(/^error: Kafka does not let this user[^]*next: .*docs\/security\.md/m);
    expect(status).toBe(78);
  });

  it.each(['replay', 'consume', 'scores', 'dlt list'])('is told by %s that the password is wrong', async (words) => {
    const { status, stderr } = await run(words.split(' '), { ...as('sender'), KAFKA_PASSWORD: 'wrong' });
    expect(stderr).toMatch(/^error: Kafka does not let this user in: [^]*next: +check KAFKA_SASL, and KAFKA_USERNAME/m);
    expect(status).toBe(78);
  });

  it('is told by replay that it may not write', async () => {
    const { status, stderr } = await run(['replay', '--rows', '1'], as('reader'));
    expect(stderr).toMatch(/^error: Kafka does not let this user write to the topic transactions[^]*next: .*Write/m);
    expect(status).toBe(78);
  });

  it.each([
    ['a wrong password', { KAFKA_PASSWORD: 'wrong' }, /does not let this user in/],
    ['an authority that is not known', { KAFKA_CA_FILE: '' }, /no safe connection to Kafka: [^]*next: .*KAFKA_CA_FILE/],
  ])('is not let in with %s, and no password is shown', async (_what, wrong, words) => {
    const { status, stderr } = await run(['scores'], { ...as('reader'), ...wrong });
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/test-password|wrong"/);
    expect(status).toBe(78);
  });
});
