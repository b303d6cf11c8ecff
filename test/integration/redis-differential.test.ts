// Promise: the data commands of the engine answer as Redis 7.0 does, reply for reply, errors and edge cases included.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { splitInline } from '../../src/redisai/resp/inline-words.ts';
import { startEngine, type RunningEngine } from '../../src/redisai/index.ts';
import { eventually } from '../helpers/eventually.ts';
import { Resp2Client, type TypedReply } from '../helpers/resp2-client.ts';
import { Resp3Client } from '../helpers/resp3-client.ts';
import { randomCommands } from './redis-differential/random-commands.ts';

const FOLDER = new URL('redis-differential/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
const { stdout } = spawnSync('redis-server', ['--version'], { encoding: 'utf8' }) as { stdout: string | null };
const VERSION = /v=(\d+\.\d+)/.exec(stdout ?? '')?.[1];

/** Replies of which Redis promises no order. */
const UNORDERED = new Set([
  'SMEMBERS',
  'SINTER',
  'SUNION',
  'SDIFF',
  'KEYS',
  'SCAN',
  'SSCAN',
  'ACL',
  'CONFIG',
  'HSCAN',
  'SPOP',
]);
/** Of these only the kind of reply is compared: they tell of the machine, of the time, or of what only Redis has. */
const LOOSE = new Set([
  'OBJECT IDLETIME abc',
  'OBJECT IDLETIME a',
  'ACL LIST',
  'RANDOMKEY FOO',
  'LOLWUT VERSION',
  'INFO nosuch',
]);

type Words = readonly string[];

function show(reply: TypedReply, sorted: boolean): string {
  if (reply.t === 'null') return `null ${reply.nil}`;
  if (reply.t === 'bulk') return JSON.stringify(reply.v.toString('latin1'));
  if (reply.t !== 'array') return `${reply.t} ${reply.v}`;
  const items = reply.v.map((item) => show(item, sorted));
  return `[${(sorted ? items.sort() : items).join(', ')}]`;
}

function comparable(words: Words, reply: TypedReply): string {
  if (LOOSE.has(words.join(' '))) return reply.t;
  // What a transaction answers is in order, what its commands answer may not be.
  if (words[0] === 'EXEC' && reply.t === 'array') return reply.v.map((item) => show(item, true)).join('; ');
  return show(reply, UNORDERED.has(words[0]!.toUpperCase()));
}

function commandsOf(file: string): string[][] {
  const lines = readFileSync(new URL(file, FOLDER), 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => splitInline(line)!);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

describe.skipIf(VERSION !== '7.0')(
  `the engine answers as redis-server 7.0 (found: ${VERSION ?? 'none; install redis-server to run this'})`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'fraudstream-differential-'));
    let redis: ChildProcess;
    let engine: RunningEngine;
    let ports: readonly [number, number];
    let clients: readonly [Resp2Client, Resp2Client];

    beforeAll(async () => {
      const port = await freePort();
      redis = spawn('redis-server', ['--port', String(port), '--save', '', '--dir', folder], { stdio: 'ignore' });
      engine = await startEngine();
      await eventually(() => spawnSync('redis-cli', ['-p', String(port), 'ping']).status === 0);
      ports = [port, Number(new URL(engine.url).port)];
      clients = [await Resp2Client.open(ports[0]), await Resp2Client.open(ports[1])];
    });

    afterAll(async () => {
      clients.forEach((client) => client.close());
      await engine.stop();
      redis.kill();
      rmSync(folder, { recursive: true, force: true });
    });

    async function differences(commands: readonly Words[]): Promise<string[]> {
      const found: string[] = [];
      for (const words of commands) {
        const bytes = words.map((word) => Buffer.from(word, 'latin1'));
        const [theirs, ours] = await Promise.all(clients.map((client) => client.send(...bytes)));
        const [expected, actual] = [comparable(words, theirs!), comparable(words, ours!)];
        if (expected !== actual) found.push(`${words.join(' ')}\n  Redis:  ${expected}\n  engine: ${actual}`);
      }
      return found;
    }

    async function differencesInResp3(commands: readonly Words[]): Promise<string[]> {
      const pair = [await Resp3Client.open(ports[0]), await Resp3Client.open(ports[1])];
      const found: string[] = [];
      for (const words of commands) {
        const sorted = words[0] === 'EXEC' || UNORDERED.has(words[0]!.toUpperCase());
        const shown = await Promise.all(pair.map((client) => client.send(words, sorted)));
        const [expected, actual] = LOOSE.has(words.join(' ')) ? shown.map((text) => text[0]) : shown;
        if (expected !== actual) found.push(`${words.join(' ')}\n  Redis:  ${expected}\n  engine: ${actual}`);
      }
      pair.forEach((client) => client.close());
      return found;
    }

    it.each(FILES)('%s', async (name) => {
      await differences([['FLUSHALL']]);
      expect(await differences(commandsOf(name))).toEqual([]);
    });

    it.each(FILES)('%s in RESP3', async (name) => {
      await differences([['FLUSHALL']]);
      expect(await differencesInResp3(commandsOf(name))).toEqual([]);
    });

    it.each([1, 2, 3])('3000 random commands, seed %i', async (seed) => {
      await differences([['FLUSHALL']]);
      expect(await differences(randomCommands(seed, 3000))).toEqual([]);
    });
  },
);
