// Promise: the engine's door lets in whom it should, keeps replies in order, and drops who harms it.
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { EngineEvent, EngineOptions, RunningEngine } from '../../../../src/redisai/index.ts';
import { startEngine } from '../../../../src/redisai/index.ts';
import { Resp2Client, type TypedReply } from '../../../helpers/resp2-client.ts';

const running: RunningEngine[] = [];
const clients: Resp2Client[] = [];

afterEach(async () => {
  clients.splice(0).forEach((client) => client.close());
  await Promise.all(running.splice(0).map((engine) => engine.stop()));
});

async function start(options: EngineOptions = {}): Promise<number> {
  const engine = await startEngine(options);
  running.push(engine);
  return Number(new URL(engine.url).port);
}

async function client(port: number): Promise<Resp2Client> {
  const opened = await Resp2Client.open(port);
  clients.push(opened);
  return opened;
}

function plain(reply: TypedReply): unknown {
  if (reply.t === 'null') return null;
  if (reply.t === 'bulk') return reply.v.toString('latin1');
  return reply.t === 'array' ? reply.v.map(plain) : reply.v;
}

async function ask(one: Resp2Client, command: string): Promise<unknown> {
  return plain(await one.send(...command.split(' ')));
}

/** Everything that the engine says until it closes the connection. */
async function talk(port: number, bytes: string): Promise<string> {
  const socket: Socket = connect(port, '127.0.0.1');
  let said = '';
  socket.on('data', (chunk: Buffer) => (said += chunk.toString('latin1')));
  socket.on('error', () => undefined);
  socket.write(bytes, 'latin1');
  await new Promise((resolve) => socket.once('close', resolve));
  return said;
}

describe('the door', () => {
  it('refuses to listen beyond this machine without a password', async () => {
    await expect(startEngine({ host: '0.0.0.0' })).rejects.toMatchObject({ code: 'ENGINE_NEEDS_PASSWORD' });
  });

  it('says that a port is in use', async () => {
    const port = await start();
    await expect(startEngine({ port })).rejects.toMatchObject({ code: 'ENGINE_ADDRESS_IN_USE' });
  });

  it('asks for the password, and takes no other', async () => {
    const one = await client(await start({ password: 'secret' }));
    expect(await ask(one, 'GET a')).toBe('NOAUTH Authentication required.');
    expect(await ask(one, 'AUTH wrong')).toBe('WRONGPASS invalid username-password pair or user is disabled.');
    expect(await ask(one, 'HELLO 3')).toMatch(/^NOAUTH HELLO must be called/);
    expect(await ask(one, 'AUTH secret')).toBe('OK');
    expect(await ask(one, 'GET a')).toBe(null);
  });

  it('turns away clients beyond maxclients', async () => {
    const port = await start({ maxClients: 1 });
    await client(port);
    expect(await talk(port, '')).toBe('-ERR max number of clients reached\r\n');
  });

  it('stops twice without harm, and ends its connections', async () => {
    const port = await start();
    const ended = talk(port, '*1\r\n');
    await client(port);
    await Promise.all([running[0]!.stop(), running[0]!.stop()]);
    expect(await ended).toBe('');
  });
});

describe('what a client may do', () => {
  it('answers a protocol error and hangs up', async () => {
    const port = await start();
    expect(await talk(port, 'PING\r\n*1\r\n:1\r\n')).toBe("+PONG\r\n-ERR Protocol error: expected '$', got ':'\r\n");
  });

  it('hangs up on a browser, and says so', async () => {
    const events: EngineEvent[] = [];
    const port = await start({ log: (event) => events.push(event) });
    expect(await talk(port, 'POST / HTTP/1.1\r\nHost: a\r\n\r\nSET a 1\r\n')).toBe('');
    expect(await talk(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\nSET a 1\r\n')).not.toContain('+OK');
    expect(events.filter(({ kind }) => kind === 'cross-protocol attempt')).toHaveLength(2);
    expect(await ask(await client(port), 'GET a')).toBe(null);
  });

  it('keeps the order of replies when a command in between has to wait', async () => {
    const port = await start();
    const [one, other] = [await client(port), await client(port)];
    const order: string[] = [];
    const note = async (command: string): Promise<void> => {
      order.push(`${command}: ${JSON.stringify(await ask(one, command))}`);
    };
    const answers = ['SET a 1', 'BLPOP l 0', 'GET a'].map(note);
    await ask(other, 'SET a 2');
    await ask(other, 'RPUSH l x');
    await Promise.all(answers);
    expect(order).toEqual(['SET a 1: "OK"', 'BLPOP l 0: ["l","x"]', 'GET a: "2"']);
  });

  it('serves those who wait first come, first served', async () => {
    const port = await start();
    const [first, second, other] = [await client(port), await client(port), await client(port)];
    const waiting = [ask(first, 'BLPOP l 0')];
    await ask(other, 'PING');
    waiting.push(ask(second, 'BRPOP l 0'));
    await ask(other, 'PING');
    expect(await ask(other, 'RPUSH l 1 2')).toBe(2);
    expect(await Promise.all(waiting)).toEqual([
      ['l', '1'],
      ['l', '2'],
    ]);
    expect(await ask(other, 'EXISTS l')).toBe(0);
  });

  it('unblocks a waiting client on demand', async () => {
    const port = await start();
    const [one, other] = [await client(port), await client(port)];
    const id = (await ask(one, 'CLIENT ID')) as number;
    const waiting = ask(one, 'BZPOPMIN z 0');
    while ((await ask(other, `CLIENT UNBLOCK ${id} ERROR`)) !== 1);
    expect(await waiting).toBe('UNBLOCKED client unblocked via CLIENT UNBLOCK');
  });

  it('is silent where it was told to be', async () => {
    const port = await start();
    expect(await talk(port, 'CLIENT REPLY OFF\r\nPING\r\nCLIENT REPLY ON\r\nQUIT\r\n')).toBe('+OK\r\n+OK\r\n');
    expect(await talk(port, 'CLIENT REPLY SKIP\r\nPING\r\nECHO a\r\nQUIT\r\n')).toBe('$1\r\na\r\n+OK\r\n');
  });

  it('refuses what takes memory beyond maxmemory, and nothing else', async () => {
    const one = await client(await start({ maxMemoryBytes: 20_000 }));
    while ((await ask(one, `APPEND big ${'x'.repeat(1000)}`)) !== 20_000);
    const oom = "OOM command not allowed when used memory > 'maxmemory'.";
    expect([await ask(one, 'SET a 1'), await ask(one, 'ZADD z 1 a'), await ask(one, 'HSET h f v')]).toEqual([
      oom,
      oom,
      oom,
    ]);
    expect([await ask(one, 'STRLEN big'), await ask(one, 'DEL big'), await ask(one, 'SET a 1')]).toEqual([
      20_000,
      1,
      'OK',
    ]);
  });

  it('runs a client that reads nothing only so far, and loses nothing of what it asked', async () => {
    const port = await start();
    const one = await client(port);
    await ask(one, `SET big ${'x'.repeat(100_000)}`);
    const socket = connect(port, '127.0.0.1');
    socket.pause();
    socket.write('GET big\r\n'.repeat(500) + 'QUIT\r\n');
    await ask(one, 'PING');
    let received = 0;
    socket.on('data', (chunk: Buffer) => (received += chunk.length));
    socket.resume();
    await once(socket, 'close');
    expect(received).toBe(500 * (100_000 + '$100000\r\n\r\n'.length) + '+OK\r\n'.length);
  });

  it('keeps a user within its commands and keys', async () => {
    const port = await start();
    const [admin, user] = [await client(port), await client(port)];
    await ask(admin, 'ACL SETUSER app on >pw ~app:* +@read +set -hgetall +config|get');
    expect(await ask(user, 'AUTH app pw')).toBe('OK');
    expect(await ask(user, 'SET app:1 v')).toBe('OK');
    expect(await ask(user, 'SET other v')).toMatch(/^NOPERM .*keys/);
    expect(await ask(user, 'MGET app:1 other')).toMatch(/^NOPERM .*keys/);
    expect(await ask(user, 'HGETALL app:1')).toMatch(/^NOPERM .*'hgetall'/);
    expect(await ask(user, 'DEL app:1')).toMatch(/^NOPERM .*'del'/);
    expect(await ask(user, 'CONFIG GET port')).toEqual(['port', String(port)]);
    expect(await ask(user, 'CONFIG RESETSTAT')).toMatch(/^NOPERM/);
  });

  it('restores what it dumped, and refuses what was tampered with', async () => {
    const one = await client(await start());
    for (const command of ['SET s \xff', 'RPUSH l a b', 'SADD t a b', 'ZADD z 1.5 a -inf b', 'HSET h a 1 b 2']) {
      await one.send(...command.split(' ').map((word) => Buffer.from(word, 'latin1')));
    }
    for (const key of ['s', 'l', 't', 'z', 'h']) {
      const dump = ((await one.send('DUMP', key)) as { v: Buffer }).v;
      expect(plain(await one.send('RESTORE', 'copy', '0', dump, 'REPLACE'))).toBe('OK');
      expect(((await one.send('DUMP', 'copy')) as { v: Buffer }).v).toEqual(dump);
      for (let at = 0; at < dump.length; at++) {
        const bad = Buffer.from(dump);
        bad[at]! ^= 1;
        expect(plain(await one.send('RESTORE', 'bad', '0', bad))).toBe(
          'ERR DUMP payload version or checksum are wrong',
        );
      }
    }
  });
});
