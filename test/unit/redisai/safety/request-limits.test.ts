// Promise: a request must be complete in time and may not have more arguments than the settings allow; big ones of real
// clients go through.
import { afterEach, expect, it } from 'vitest';
import { Engine } from '../../../../src/redisai/commands/engine.ts';
import { Settings } from '../../../../src/redisai/commands/settings.ts';
import { COMMANDS } from '../../../../src/redisai/commands/table.ts';
import type { EngineEvent } from '../../../../src/redisai/engine-event.ts';
import { EngineServer } from '../../../../src/redisai/server.ts';
import { frame, RawClient } from '../../../helpers/raw-client.ts';

const servers: EngineServer[] = [];

afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function connect(limits: Partial<Settings> = {}): Promise<{ client: RawClient; events: EngineEvent[] }> {
  const events: EngineEvent[] = [];
  const engine = new Engine({ commands: COMMANDS, settings: Object.assign(new Settings(), limits) });
  const server = new EngineServer(engine, (event) => events.push(event));
  servers.push(server);
  return { client: await RawClient.open(await server.listen()), events };
}

const msetHeader = (keys: number): string => `*${2 * keys + 1}\r\n`;
const mset = (keys: number): string => msetHeader(keys) + '$4\r\nMSET\r\n' + '$1\r\nk\r\n$1\r\nv\r\n'.repeat(keys);

it.each([
  ['a command without its end', '*2\r\n$3\r\nGET\r\n$1\r\n'],
  ['a header without its end', '*2'],
  ['an inline command without its end', 'GET k'],
  ['a whole command and the beginning of the next', '*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nPI'],
])('ends a connection that sends %s and then nothing', async (_, bytes) => {
  const { client, events } = await connect({ requestSecondsMax: 0.1 });
  client.write(bytes);
  await client.closed();
  const dropped: unknown = expect.objectContaining({ reason: 'a request was not complete in time' });
  expect(events.filter(({ kind }) => kind === 'client dropped')).toEqual([dropped]);
});

it('takes an MSET of 131,072 keys, and refuses one more', async () => {
  const { client } = await connect();
  client.write(mset(131_072));
  expect(await client.answer()).toBe('+OK\r\n');
  client.write(msetHeader(131_073));
  expect(await client.closed()).toBe('+OK\r\n-ERR Protocol error: invalid multibulk length\r\n');
});

it('goes by the limit that CONFIG SET gives', async () => {
  const { client } = await connect();
  client.write(frame('CONFIG', 'SET', 'client-arguments-limit', '1024'));
  await client.answer();
  client.write(msetHeader(1024));
  expect(await client.closed()).toBe('+OK\r\n-ERR Protocol error: invalid multibulk length\r\n');
});
