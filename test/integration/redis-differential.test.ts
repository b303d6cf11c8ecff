// Promise: the data commands of the engine answer as Redis 7.0 does, reply for reply, errors and edge cases included.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type RunningEngine } from '../../src/redisai/index.ts';
import { freePort } from '../helpers/engine-cluster.ts';
import { eventually } from '../helpers/eventually.ts';
import { Resp2Client } from '../helpers/resp2-client.ts';
import { Resp3Client } from '../helpers/resp3-client.ts';
import { comparable, commandsOf, LOOSE, UNORDERED, type Words } from './redis-differential/compare.ts';
import { randomCommands } from './redis-differential/random-commands.ts';

const FOLDER = new URL('redis-differential/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
const { stdout } = spawnSync('redis-server', ['--version'], { encoding: 'utf8' }) as { stdout: string | null };
const VERSION = /v=(\d+\.\d+)/.exec(stdout ?? '')?.[1];

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
      expect(await differences(commandsOf(new URL(name, FOLDER)))).toEqual([]);
    });

    it.each(FILES)('%s in RESP3', async (name) => {
      await differences([['FLUSHALL']]);
      expect(await differencesInResp3(commandsOf(new URL(name, FOLDER)))).toEqual([]);
    });

    it.each([1, 2, 3])('3000 random commands, seed %i', async (seed) => {
      await differences([['FLUSHALL']]);
      expect(await differences(randomCommands(seed, 3000))).toEqual([]);
    });
  },
);
