// Promise: every command speaks TLS to an engine that asks for certificates, and says what is missing where one is.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificates, type Certificates } from '../helpers/certificates.ts';
import { run, Run } from '../helpers/command-line.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';
import { startTlsProxy, startTlsRedis, type TlsServer } from '../helpers/tls-servers.ts';

const folder = mkdtempSync(join(tmpdir(), 'fraudstream-test-tls-'));
const certificates = makeCertificates(folder);
afterAll(() => rmSync(folder, { recursive: true }));

const known = ({ ca, client }: Certificates): Record<string, string> => ({
  REDISAI_CA_FILE: ca,
  REDISAI_CERT_FILE: client.cert,
  REDISAI_KEY_FILE: client.key,
});

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

describe.skipIf(!hasRedis)(`a Redis with TLS${hasRedis ? '' : ' [skipped: no redis-server]'}`, () => {
  let redis: TlsServer;
  const provision = (environment: Readonly<Record<string, string>>) =>
    run(['provision'], { REDISAI_URL: redis.url, ...environment });

  beforeAll(async () => {
    redis = await startTlsRedis(certificates);
  });
  afterAll(() => redis.stop());

  it('is reached with authority and certificate', async () => {
    const { stderr } = await provision(known(certificates));
    expect(stderr).toMatch(/^error: the server at REDISAI_URL knows no AI commands/);
  });

  it.each([
    ['an authority that is not known', {}, /self-signed certificate in certificate chain/],
    ['no certificate of the client', { REDISAI_CA_FILE: certificates.ca }, /certificate required|ECONNRESET|EPIPE/],
  ])('is not believed, or does not believe, with %s', async (_what, environment, cause) => {
    const { status, stderr } = await provision(environment);
    expect(stderr).toMatch(/^error: no safe connection to the engine: .*\nnext: .*REDISAI_CA_FILE/m);
    expect(stderr).toMatch(cause);
    expect(status).toBe(78);
  });

  it.each([
    [{ REDISAI_URL: 'redis://127.0.0.1:6379' }, /begin REDISAI_URL with rediss:/, 64],
    [{ REDISAI_KEY_FILE: '' }, /of REDISAI_CERT_FILE and REDISAI_KEY_FILE only one is set/, 64],
    [{ REDISAI_CA_FILE: '/no/such' }, /cannot read \/no\/such[^]*REDISAI_CA_FILE/, 78],
  ])('is not even tried with %j', async (environment, words, exitCode) => {
    const { status, stderr } = await provision({ ...known(certificates), ...environment });
    expect(stderr).toMatch(words);
    expect(status).toBe(exitCode);
  });
});

describeWithKafka('an engine behind TLS', () => {
  let stage: Stage;
  let engine: TlsServer;
  let environment: Record<string, string>;

  beforeAll(async () => {
    stage = new Stage('tls');
    engine = await startTlsProxy(certificates, stage.redisaiUrl);
    environment = { ...stage.environment, REDISAI_URL: engine.url, METRICS_PORT: '0', ...known(certificates) };
    await stage.createTopics();
    const { status, stderr } = await run(['provision', '--references', '20'], environment);
    expect(status, stderr).toBe(0);
  });
  afterAll(() => engine.stop());

  it('scores, and shows on the live page what it holds', async () => {
    await run(['replay', '--rows', '30'], environment);
    const consumer = new Run(['consume', '--provision-missing'], environment);
    await consumer.untilSays(/batch published/);
    const page = /http:\/\/127\.0\.0\.1:\d+/.exec(consumer.stderr)![0];
    const contents = (await (await fetch(`${page}/api/engine`)).json()) as { references: number };
    expect(contents.references).toBe(20);
    const { status, stderr } = await consumer.interrupt();
    expect(status, stderr).toBe(0);
  });

  it.each([
    ['doctor', [], /, 0 warnings, 0 errors\n$/],
    ['simulate', ['--count', '3', '--concurrency', '2'], /^Transaction is fraudulent with probability/],
    ['bench', ['engine', '--runs', '1', '--seconds', '0.05', '--dags', '0'], /DAG/],
  ])('is examined, simulated for and measured: %s', async (command, words, said) => {
    const { status, stdout, stderr } = await run([command, ...words], environment);
    expect(stdout, stderr).toMatch(said);
    expect(status).toBe(0);
  });

  it('is not believed by a consumer that does not know its authority', async () => {
    const { status, stderr } = await run(['consume'], { ...environment, REDISAI_CA_FILE: '' });
    expect(stderr).toMatch(/^error: no safe connection to the engine[^]*next: .*REDISAI_CA_FILE/m);
    expect(status).toBe(78);
  });
});
