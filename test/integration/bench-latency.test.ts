// Promise: `fraudstream bench latency` waits for the score of every transaction that it sent, and leaves nothing behind.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { LatencyBenchReport } from '../../src/bench/latency/latency-bench.ts';
import { LATENCY_LOADS } from '../../src/bench/latency/latency-load.ts';
import { Run } from '../helpers/command-line.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

describeWithKafka('the bench of latency', () => {
  it('reports every load as one line of JSON, and as a page', { timeout: 600_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fraudstream-bench-'));
    const html = join(folder, 'latency.html');
    const { KAFKA_BROKERS, REDISAI_URL } = new Stage('bench').environment;
    const words = ['bench', 'latency', '--rows', '10000', '--runs', '1', '--seconds', '1', '--json', '--html', html];
    const bench = new Run(words, { KAFKA_BROKERS, REDISAI_URL });
    const { status, stdout, stderr } = await bench.ended;
    expect(status, stderr).toBe(0);
    const report = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as LatencyBenchReport;
    expect(report.loads.map(({ name }) => name)).toEqual(LATENCY_LOADS.map(({ name }) => name));
    for (const { p50Ms, p99Ms, maxMs, publishMs } of report.loads) {
      expect(p50Ms.median).toBeGreaterThan(0);
      expect(p99Ms.median).toBeGreaterThanOrEqual(p50Ms.median);
      expect(maxMs.median).toBeGreaterThanOrEqual(p99Ms.median);
      expect(publishMs.median).toBeGreaterThan(0);
    }
    expect(readFileSync(html, 'utf8')).not.toMatch(/NaN|Infinity|undefined/);
    rmSync(folder, { recursive: true });
    await bench.untilNothingIsLeft();
  });
});
