// Promise: a token comes from the file or the endpoint that the settings name; what fails is named, and no secret with it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientMessage, tokenSource } from '../../../../src/cli/oauth/oauth-bearer.ts';
import { messageOf } from '../../../../src/core/errors.ts';
import { loadSettings } from '../../../../src/config/load-settings.ts';
import { CLIENT, startTokenEndpoint, type TokenEndpoint } from '../../../helpers/token-endpoint.ts';

const folder = mkdtempSync(join(tmpdir(), 'fraudstream-test-'));
const file = join(folder, 'token');
let endpoint: TokenEndpoint;

beforeAll(async () => {
  endpoint = await startTokenEndpoint(60);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await endpoint.stop();
});

const source = (environment: Readonly<Record<string, string>>) =>
  tokenSource(loadSettings('consume', {}, { KAFKA_SASL: 'oauthbearer', ...environment }));
const credentials = (secret: string, url: string) => ({
  KAFKA_OAUTH_TOKEN_URL: url,
  KAFKA_OAUTH_CLIENT_ID: CLIENT.id,
  KAFKA_OAUTH_CLIENT_SECRET: secret,
});

describe('a token for Kafka', () => {
  it('is read from the file each time', async () => {
    const token = source({ KAFKA_OAUTH_TOKEN_FILE: file });
    await expect(token()).rejects.toMatchObject({ code: 'OAUTH_TOKEN_NOT_READ', retriable: true });
    writeFileSync(file, 'first.token\n');
    expect(await token()).toBe('first.token');
    writeFileSync(file, 'second.token');
    expect(await token()).toBe('second.token');
  });

  it('is asked of the endpoint, with the scope', async () => {
    const token = source({ ...credentials(CLIENT.secret, endpoint.url), KAFKA_OAUTH_SCOPE: 'kafka read' });
    const first = await token();
    expect(await token()).toBe(first);
    expect(endpoint.asked).toEqual(['grant_type=client_credentials&scope=kafka+read']);
  });

  it.each([
    ['a wrong secret', () => credentials('wrong-secret', endpoint.url), 'OAUTH_REFUSED', /401 invalid_client$/, false],
    [
      'no endpoint',
      () => credentials(CLIENT.secret, 'http://127.0.0.1:65534/'),
      'OAUTH_ENDPOINT_AWAY',
      /REFUSED/,
      true,
    ],
  ])('is missing with %s, and the secret is not told', async (_what, environment, code, words, retriable) => {
    const error = await source(environment())().catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code, message: expect.stringMatching(words) as string, retriable });
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toMatch(/secret|d3Jvbmct/);
  });

  it('is not shown where it was given instead of a file, and none that was had is', async () => {
    const failure = source({ KAFKA_OAUTH_TOKEN_FILE: 'eyJ.the-token.itself' })();
    const told = await failure.catch((error: unknown) => messageOf(error));
    expect(told).toMatch(/no token for Kafka in \[secret\]: ENOENT/);
    writeFileSync(file, 'eyJ.from-a.file');
    const had = [
      await source({ KAFKA_OAUTH_TOKEN_FILE: file })(),
      await source(credentials(CLIENT.secret, endpoint.url))(),
    ];
    expect(messageOf(new Error(`who is ${had.join(' and ')}?`))).toBe('who is [secret] and [secret]?');
  });

  it('ends nothing early in the message to the broker', () => {
    expect(clientMessage('to.ken').subarray(4).toString()).toBe('n,,\u0001auth=Bearer to.ken\u0001\u0001');
    expect(() => clientMessage('to\u0001ken')).toThrow('is none');
  });

  it.each([
    [{}, /nothing says where the token comes from/],
    [{ KAFKA_OAUTH_TOKEN_FILE: file, KAFKA_USERNAME: 'u', KAFKA_PASSWORD: 'p' }, /the token says who one is/],
    [{ KAFKA_OAUTH_TOKEN_FILE: file, ...credentials('s', 'https://host/token') }, /both give the token/],
    [{ KAFKA_OAUTH_TOKEN_URL: 'https://host/token' }, /only some are set/],
    [{ KAFKA_OAUTH_TOKEN_FILE: file, KAFKA_SASL: 'none' }, /no mechanism to use it with/],
    [credentials('s', 'http://host/token'), /is not an https/],
  ])('is not even asked for with %j', (environment, words) => {
    expect(() => source(environment)).toThrow(words);
  });
});
