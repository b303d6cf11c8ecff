// Promise: `fraudstream bench pipeline` measures the consumer and what it is compared with, and leaves nothing behind.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import type { PipelineBenchReport } from '../../src/bench/pipeline/pipeline-bench.ts';
import { PIPELINE_LOADS } from '../../src/bench/pipeline/pipeline-load.ts';
import { Run } from '../helpers/command-line.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

describeWithKafka('the bench of the pipeline', () => {
  it('reports every load as one line of JSON, and as a page', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fraudstream-bench-'));
    const html = join(folder, 'pipeline.html');
    const { environment } = new Stage('bench');
    const { KAFKA_BROKERS, REDISAI_URL } = environment;
    const bench = new Run(['bench', 'pipeline', '--rows', '10000', '--runs', '1', '--json', '--html', html], {
      KAFKA_BROKERS,
      REDISAI_URL,
    });
    const { status, stdout, stderr } = await bench.ended;
    expect(status, stderr).toBe(0);
    const report = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as PipelineBenchReport;
    expect(report.loads.map(({ name }) => name)).toEqual(PIPELINE_LOADS.map(({ name }) => name));
    for (const { perSecond, engineCpu } of report.loads) {
      expect(perSecond.median).toBeGreaterThan(0);
      expect(engineCpu.median).toBeGreaterThanOrEqual(0);
    }
    const page = readFileSync(html, 'utf8');
    for (const { name } of PIPELINE_LOADS) expect(page).toContain(name);
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
    rmSync(folder, { recursive: true });
    await bench.untilNothingIsLeft();
    expect(report.withLiveHistory.median).toBeGreaterThan(0);
    const redis = new Redis(REDISAI_URL!);
    // Of its topics' live history.
    expect(await redis.keys('*fraudstream-bench-*')).toEqual([]);
    redis.disconnect();
  });
});
