// What provision asks the engine for, and what it makes of a refusal.
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { FraudstreamError } from '../../../src/core/errors.ts';
import { provision, type ProvisionOptions } from '../../../src/provision/provision.ts';

const OPTIONS: ProvisionOptions = {
  tag: 't',
  devices: ['GPU:0', 'GPU:1'],
  model: { blob: Buffer.from('model'), backend: 'TF' },
  script: 'source',
  references: [],
};
const DIGEST = '9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4';
const OTHER_DIGEST = 'd9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa';

/** A server that writes down each command and answers it from `answers`, or with +OK. */
class ScriptedServer {
  readonly commands: string[][] = [];
  readonly #server: Server;
  constructor(answers: Readonly<Record<string, string>>) {
    this.#server = createServer((socket) => {
      socket.on('data', (chunk) => {
        for (const words of chunk
          .toString()
          .split(/^\*\d+\r\n/m)
          .slice(1)) {
          const command = words.split('\r\n').filter((_, index) => index % 2 === 1);
          this.commands.push(command);
          socket.write(answers[command[0]!.toUpperCase()] ?? '+OK\r\n');
        }
      });
    });
  }
  async client(): Promise<Redis> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    return new Redis(port, '127.0.0.1', { protocol: 2, enableReadyCheck: false, disableClientInfo: true });
  }
  stop(): void {
    this.#server.close();
  }
}

const NONE = { TYPE: '+none\r\n', DEL: ':0\r\n', ZRANGE: '*0\r\n' };

describe('provision', () => {
  let server: ScriptedServer | undefined;
  let redis: Redis | undefined;
  const start = async (answers: Readonly<Record<string, string>>): Promise<Redis> => {
    server = new ScriptedServer({ ...NONE, ...answers });
    return (redis = await server.client());
  };
  afterEach(() => {
    redis?.disconnect();
    server?.stop();
  });

  it('stores the script on the first device and the model on each, under its name, with its digest', async () => {
    const report = await provision(await start({}), OPTIONS);
    const stored = server!.commands.filter(([name]) => name!.startsWith('AI.'));
    const model = ['TAG', DIGEST, 'INPUTS', '2', 'transaction', 'reference', 'OUTPUTS', '1', 'output', 'BLOB', 'model'];
    expect(stored).toEqual([
      // prettier-ignore
      ['AI.SCRIPTSTORE', 'helper_script{t}', 'GPU:0', 'ENTRY_POINTS', '4', 'hashes_to_tensor', 'references_to_tensor', 'references_to_tensor_by_lua', 'post_processing', 'SOURCE', 'source'],
      ['AI.MODELSTORE', 'fraud_detection_model{t}_GPU:0', 'TF', 'GPU:0', ...model],
      ['AI.MODELSTORE', 'fraud_detection_model{t}_GPU:1', 'TF', 'GPU:1', ...model],
    ]);
    expect(report).toEqual({
      references: 0,
      referencesRemoved: 0,
      script: 'helper_script{t}',
      models: ['fraud_detection_model{t}_GPU:0', 'fraud_detection_model{t}_GPU:1'],
      modelDigest: DIGEST,
    });
  });

  it('stores another model on the second device, each with a digest of its own', async () => {
    const modelB = { blob: Buffer.from('other'), backend: 'ONNX' } as const;
    const report = await provision(await start({}), { ...OPTIONS, modelB });
    const stored = server!.commands.filter(([name]) => name === 'AI.MODELSTORE');
    expect(stored.map(([, key, backend, , , tag]) => [key, backend, tag])).toEqual([
      ['fraud_detection_model{t}_GPU:0', 'TF', DIGEST],
      ['fraud_detection_model{t}_GPU:1', 'ONNX', OTHER_DIGEST],
    ]);
    expect(report.modelDigest).toBe(`${DIGEST},${OTHER_DIGEST}`);
  });

  it('stores one model where both devices are the same', async () => {
    const report = await provision(await start({}), { ...OPTIONS, devices: ['CPU', 'CPU'] });
    expect(report.models).toEqual(['fraud_detection_model{t}_CPU']);
    expect(server!.commands.filter(([name]) => name === 'AI.MODELSTORE')).toHaveLength(1);
  });

  it('removes what is no model where a model goes: RedisAI would crash', async () => {
    await provision(await start({ TYPE: '+hash\r\n' }), OPTIONS);
    expect(server!.commands.filter(([name]) => name === 'del').map(([, key]) => key)).toEqual(
      expect.arrayContaining(['fraud_detection_model{t}_GPU:0', 'fraud_detection_model{t}_GPU:1']),
    );
  });

  it.each([
    ['ENGINE_WITHOUT_AI', "-ERR unknown command 'AI.SCRIPTSTORE', with args beginning with: \r\n"],
    ['ENGINE_ACCESS_DENIED', '-NOPERM this user has no permissions\r\n'],
    ['ENGINE_OUT_OF_MEMORY', "-OOM command not allowed when used memory > 'maxmemory'.\r\n"],
    ['ENGINE_WRONG_NODE', '-MOVED 1 127.0.0.1:7001\r\n'],
    ['ENGINE_REFUSED', '-expected ident but found eof here\r\n'],
  ])('says %s and what to do', async (code, reply) => {
    const failure = provision(await start({ 'AI.SCRIPTSTORE': reply }), OPTIONS);
    await expect(failure).rejects.toMatchObject({ name: 'FraudstreamError', code });
    await expect(failure).rejects.toHaveProperty('next');
  });

  it('says that nobody answers', async () => {
    redis = new Redis(1, '127.0.0.1', { maxRetriesPerRequest: 0, retryStrategy: () => null });
    redis.on('error', () => {});
    const failure = provision(redis, OPTIONS);
    await expect(failure).rejects.toBeInstanceOf(FraudstreamError);
    await expect(failure).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE', retriable: true });
  });
});
