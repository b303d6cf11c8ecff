// Promise: whatever bytes arrive, they cost the engine no more than they are worth, and other clients go on.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type EngineEvent, type RunningEngine } from '../../../../src/redisai/index.ts';
import { frame, RawClient } from '../../../helpers/raw-client.ts';

let engine: RunningEngine;
let guarded: RunningEngine;
const events: EngineEvent[] = [];

beforeAll(async () => {
  engine = await startEngine({ log: (event) => events.push(event) });
  guarded = await startEngine({ password: 'secret', log: (event) => events.push(event) });
});

afterAll(() => Promise.all([engine.stop(), guarded.stop()]));

afterEach(async () => {
  for (const { url } of [engine, guarded]) {
    const client = await RawClient.open(url);
    client.write(Buffer.concat([frame('AUTH', 'secret'), frame('PING')]));
    expect(await client.answer(/PONG/)).toContain('+PONG');
    client.socket.destroy();
  }
  expect(events.filter(({ kind }) => kind === 'defect')).toEqual([]);
});

async function conversation(url: string, bytes: Uint8Array | string): Promise<string> {
  const client = await RawClient.open(url);
  client.write(bytes);
  return client.closed();
}

describe('requests of another protocol', () => {
  it.each([
    'POST / HTTP/1.1\r\nContent-Length: 17\r\n\r\nSET stolen value\r\n',
    'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nSET stolen value\r\n',
    'OPTIONS / HTTP/1.1\r\nSET stolen value\r\n',
    'Host: 127.0.0.1\r\nSET stolen value\r\n',
    'HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nSET stolen value\r\n',
  ])('%j ends the connection before anything is run', async (bytes) => {
    await conversation(engine.url, bytes);
    await conversation(guarded.url, bytes);
    const client = await RawClient.open(engine.url);
    client.write(frame('EXISTS', 'stolen'));
    expect(await client.answer()).toBe(':0\r\n');
    client.socket.destroy();
  });
});

describe('headers that lie', () => {
  it.each([
    ['*2147483647\r\n', 'invalid multibulk length'],
    ['*1048577\r\n', 'invalid multibulk length'],
    ['*99999999999999999999\r\n', 'invalid multibulk length'],
    ['*1\r\n$536870913\r\n', 'invalid bulk length'],
    ['*1\r\n$-1\r\n', 'invalid bulk length'],
    ['*1\r\n$x\r\n', 'invalid bulk length'],
    ['*1\r\n*1\r\n', "expected '$', got '*'"],
    ['*2\r\n$4\r\nECHO\r\n:1\r\n', "expected '$', got ':'"],
    [`*1${'1'.repeat(70_000)}`, 'too big mbulk count string'],
    [`ECHO ${'a'.repeat(70_000)}`, 'too big inline request'],
    ['ECHO "a\r\n', 'unbalanced quotes in request'],
  ])('%j: an error, and the connection is closed', async (bytes, error) => {
    expect(await conversation(engine.url, bytes)).toBe(`-ERR Protocol error: ${error}\r\n`);
  });

  it.each([
    ['*11\r\n', 'unauthenticated multibulk length'],
    ['*2\r\n$4\r\nAUTH\r\n$16385\r\n', 'unauthenticated bulk length'],
    ['*1\r\n$536870912\r\n', 'unauthenticated bulk length'],
  ])('%j is more than a stranger may send', async (bytes, error) => {
    expect(await conversation(guarded.url, bytes)).toContain(error);
  });

  it('take no memory for what has not arrived', async () => {
    const before = process.memoryUsage().rss;
    const clients = await Promise.all(Array.from({ length: 50 }, () => RawClient.open(engine.url)));
    for (const client of clients) client.write('*1048576\r\n$536870912\r\nabc');
    const last = await RawClient.open(engine.url);
    last.write(frame('PING'));
    await last.answer();
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
    for (const client of [...clients, last]) client.socket.destroy();
  });
});

describe('a conversation', () => {
  it('ends with a violation: what follows is not run', async () => {
    const bytes = Buffer.concat([frame('PING'), Buffer.from('*1\r\n!'), frame('SET', 'after', '1')]);
    expect(await conversation(engine.url, bytes)).toBe("+PONG\r\n-ERR Protocol error: expected '$', got '!'\r\n");
  });

  it('ends with QUIT after all replies', async () => {
    const bytes = Buffer.concat([frame('PING'), frame('ECHO', 'a'), frame('QUIT'), frame('PING')]);
    expect(await conversation(engine.url, bytes)).toBe('+PONG\r\n$1\r\na\r\n+OK\r\n');
  });

  it('survives any cut of its bytes', async () => {
    const bytes = Buffer.concat([frame('SET', 'cut', 'a\r\n$1'), Buffer.from('PING\r\n'), frame('GET', 'cut')]);
    for (let at = 1; at < bytes.length; at++) {
      const client = await RawClient.open(engine.url);
      client.write(bytes.subarray(0, at));
      await new Promise(setImmediate);
      client.write(bytes.subarray(at));
      expect(await client.answer(/\$5\r\n.*\r\n.*\r\n$/s)).toBe('+OK\r\n+PONG\r\n$5\r\na\r\n$1\r\n');
      client.socket.destroy();
    }
  });
});
