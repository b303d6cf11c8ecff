// Promise: whoever cannot be reached or does not let one in, no command tells a password or a token, not at debug either.
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../../src/local/free-port.ts';
import { run } from '../helpers/command-line.ts';

const SECRET = 'hunter2';
const COMMANDS = [
  ['consume'],
  ['replay', '--count', '1'],
  ['scores'],
  ['evaluate'],
  ['dlt', 'list'],
  ['doctor', '--json'],
  ['provision', '--references', '1'],
  ['simulate', '--count', '1'],
  ['config'],
];

/** Ways to be known to Kafka; each with its secret. */
const ENTRANCES = {
  scram: { KAFKA_SASL: 'scram-sha-512', KAFKA_USERNAME: 'me', KAFKA_PASSWORD: SECRET },
  oauth: { KAFKA_SASL: 'oauthbearer', KAFKA_OAUTH_CLIENT_ID: 'me', KAFKA_OAUTH_CLIENT_SECRET: SECRET },
};

describe('a password', () => {
  let strange: Server;
  let dead: number;
  beforeAll(async () => {
    [dead] = (await freePorts(1)) as [number];
    // Sends back in an error what it was sent, as no peer should.
    strange = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (sent) => socket.end(`-ERR what is ${JSON.stringify(sent.toString('latin1'))}?\r\n`));
    });
    await new Promise<void>((resolve) => strange.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => strange.close());

  const peers = { 'nobody listens': () => dead, 'a stranger listens': () => (strange.address() as AddressInfo).port };

  it.each(
    Object.keys(peers).flatMap((peer) =>
      Object.keys(ENTRANCES).flatMap((entrance) => COMMANDS.map((words) => ({ peer, entrance, words }))),
    ),
  )('is not told by $words where $peer, with $entrance', { timeout: 60_000 }, async ({ peer, entrance, words }) => {
    const port = peers[peer as keyof typeof peers]();
    const { status, stdout, stderr } = await run(words, {
      ...ENTRANCES[entrance as keyof typeof ENTRANCES],
      ...{ KAFKA_BROKERS: `127.0.0.1:${port}`, REDISAI_URL: `redis://me:${SECRET}@127.0.0.1:${port}` },
      ...(entrance === 'oauth' ? { KAFKA_OAUTH_TOKEN_URL: `http://127.0.0.1:${port}/token` } : {}),
      ...{ SCHEMA_REGISTRY_URL: `http://127.0.0.1:${port}`, SCHEMA_REGISTRY_USERNAME: 'me' },
      ...{ SCHEMA_REGISTRY_PASSWORD: SECRET, LOG_LEVEL: 'debug', METRICS_PORT: '0' },
    });
    expect(stdout + stderr).not.toContain(SECRET);
    // As HTTP has it.
    expect(stdout + stderr).not.toContain(Buffer.from(`me:${SECRET}`).toString('base64'));
    if (words[0] !== 'config') expect(status).not.toBe(0);
  });
});
