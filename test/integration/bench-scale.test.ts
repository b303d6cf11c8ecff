// Promise: `fraudstream bench scale` has several consumers and several engines work together, and leaves nothing behind.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ScaleBenchReport } from '../../src/bench/scale/scale-bench.ts';
import { Run } from '../helpers/command-line.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

const PAIRS = ['1 consumer, 1 engine', '2 consumers, 1 engine', '1 consumer, 2 engines', '2 consumers, 2 engines'];
const SHORT = ['--rows', '10000', '--runs', '1', '--json'];

describeWithKafka('the bench of scale', () => {
  it('reports every pair as one line of JSON, and as a page', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fraudstream-bench-'));
    const html = join(folder, 'scale.html');
    const words = ['bench', 'scale', '--consumers', '1,2', '--engines', '1,2', ...SHORT, '--html', html];
    const bench = new Run(words, { KAFKA_BROKERS: new Stage('bench').brokers });
    const { status, stdout, stderr } = await bench.ended;
    expect(status, stderr).toBe(0);
    const { loads } = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as ScaleBenchReport;
    expect(loads.map(({ name }) => name)).toEqual(PAIRS);
    for (const { perSecond, engineCpu } of loads) {
      expect(perSecond.median).toBeGreaterThan(0);
      expect(engineCpu.median).toBeGreaterThan(0);
    }
    const page = readFileSync(html, 'utf8');
    for (const name of PAIRS) expect(page).toContain(name);
    expect(page).not.toMatch(/NaN|Infinity/);
    rmSync(folder, { recursive: true });
    await bench.untilNothingIsLeft();
  });

  it('takes an engine that is given as it is', async () => {
    const { brokers, redisaiUrl } = new Stage('bench');
    const given = { KAFKA_BROKERS: brokers, REDISAI_URL: redisaiUrl };
    const bench = new Run(['bench', 'scale', '--consumers', '1', ...SHORT], given);
    const { status, stdout, stderr } = await bench.ended;
    expect(status, stderr).toBe(0);
    const { loads } = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as ScaleBenchReport;
    expect(loads.map(({ name }) => name)).toEqual(['1 consumer, the engine given']);
    await bench.untilNothingIsLeft();
  });
});
