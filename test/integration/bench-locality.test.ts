// Promise: `fraudstream bench locality` gives the same scores at the client and beside the data, and leaves nothing behind, in
// the engine neither.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocalityBenchReport } from '../../src/bench/locality/locality-bench.ts';
import { LOCALITY_LOADS, loadName } from '../../src/bench/locality/locality-load.ts';
import { Run } from '../helpers/command-line.ts';
import { serve, type ServingEngine } from '../helpers/serving-engine.ts';

let serving: ServingEngine;
beforeAll(async () => {
  serving = await serve();
});
afterAll(() => serving.engine.interrupt());

it('reports both ways of every load as one line of JSON, and as a page', { timeout: 300_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fraudstream-bench-'));
  const html = join(folder, 'locality.html');
  const words = ['bench', 'locality', '--runs', '1', '--seconds', '0.05', '--json', '--html', html];
  const bench = new Run(words, { REDISAI_URL: serving.url });
  const { status, stdout, stderr } = await bench.ended;
  expect(status, stderr).toBe(0);
  const report = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as LocalityBenchReport;
  expect(report.differenceMax).toBeLessThan(1e-5);
  expect(report.loads.map(({ name }) => name)).toEqual(LOCALITY_LOADS.map(loadName));
  for (const { client, dag, references, delayMs } of report.loads) {
    expect(dag.p50Ms.min).toBeGreaterThanOrEqual(delayMs);
    if (references === 0) expect(client.bytes.max).toBe(0);
    else expect(client.bytes.median).toBeGreaterThan(dag.bytes.median);
  }
  expect(readFileSync(html, 'utf8')).not.toMatch(/NaN|Infinity|undefined/);
  rmSync(folder, { recursive: true });
  await bench.untilNothingIsLeft();
});

it('takes out of the engine what it put there', async () => {
  const redis = new Redis(serving.url);
  expect(await redis.dbsize()).toBe(0);
  redis.disconnect();
});
