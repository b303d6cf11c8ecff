// Promise: a command that is not let in by the engine says so, and never that something was to be stored.
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { reportError } from '../../../src/cli/error-report.ts';
import { hideSecret } from '../../../src/core/known-secrets.ts';
import { withRedis } from '../../../src/cli/redis-client.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** Says the same to whatever it is asked. */
async function engineThatSays(words: string): Promise<string> {
  server = createServer((socket) => {
    socket.on('error', () => {}).on('data', () => socket.write(`-${words}\r\n`));
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return `redis://me:pass@127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it.each([
  [
    'WRONGPASS invalid username-password pair or user is disabled.',
    'ENGINE_LOGIN_REFUSED',
    /does not let this user in/,
  ],
  ['ERR invalid password', 'ENGINE_LOGIN_REFUSED', /does not let this user in/],
  ['NOPERM this user has no permissions', 'ENGINE_ACCESS_DENIED', /does not let this user do/],
  ['ERR what is this?', 'ENGINE_TURNS_AWAY', /ends the talk: ERR what is this\?/],
])('is told by an engine that says %s', async (words, code, message) => {
  const redisaiUrl = await engineThatSays(words);
  const failure = withRedis({ redisaiUrl }, 'tag', (redis) => redis.ping());
  await expect(failure).rejects.toMatchObject({
    code,
    exitCode: 78,
    message: expect.stringMatching(message) as string,
  });
});

it('is told so in whole words where the password is a word of the message', async () => {
  hideSecret('password');
  const redisaiUrl = await engineThatSays('WRONGPASS it is not password');
  const lines: string[] = [];
  await withRedis({ redisaiUrl }, 'tag', (redis) => redis.ping()).catch((error: unknown) =>
    reportError(error, (line) => lines.push(line)),
  );
  expect(lines[0]).toMatch(/does not let this user in: WRONGPASS it is not \[secret\]$/);
  expect(lines.at(-1)).toMatch(/^next: +check user and password in REDISAI_URL/);
});
