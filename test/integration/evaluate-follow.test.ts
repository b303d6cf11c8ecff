// Promise: an evaluation that follows tells the figures of the stream as it runs, and all of them when it is told to end.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run, Run } from '../helpers/command-line.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

const ROWS = 1200;

describeWithKafka('evaluate --follow', () => {
  let stage: Stage;
  let consumer: Run;
  const folder = mkdtempSync(join(tmpdir(), 'fraudstream-test-'));
  beforeAll(async () => {
    stage = new Stage('evaluate-follow');
    await stage.createTopics();
    await run(['provision', '--references', '100'], stage.environment);
    consumer = new Run(['consume', '--metrics-port', 'off'], stage.environment);
  });
  afterAll(async () => {
    await consumer.interrupt();
    rmSync(folder, { recursive: true });
  });

  it('counts what is scored while it looks on, and ends with every score on Ctrl-C', async () => {
    const evaluation = new Run(['evaluate', '--follow', '--json'], stage.environment);
    // Begun on a topic that holds nothing yet.
    await evaluation.untilSays(/^0 scores, 0 labelled/m);
    const replaying = run(['replay', '--rate', '150', '--rows', String(ROWS)], stage.environment);
    await evaluation.untilSays(/^[1-9]\d{0,2} scores, .* · AUC /m);
    expect((await replaying).status).toBe(0);
    await evaluation.untilSays(/^1,200 scores, 1,200 labelled, [1-9]\d* frauds · AUC \d/m);
    const { status, stdout, stderr } = await evaluation.interrupt();
    expect(status, stderr).toBe(0);
    expect(evaluation.leftOver()).toEqual([]);
    const report = JSON.parse(stdout) as object;
    expect(report).toMatchObject({ source: stage.scores, scores: ROWS, labelled: ROWS, duplicates: 0, unreadable: 0 });
    expect(await run(['evaluate', '--json'], stage.environment)).toMatchObject({ status: 0, stdout });
  });

  it('judges and writes what it saw, as one that ends by itself does', async () => {
    const page = join(folder, 'report.html');
    const words = ['evaluate', '--follow', '--html', page, '--fail-under', 'auc=0.5,recall=1'];
    const evaluation = new Run(words, stage.environment);
    await evaluation.untilSays(/^1,200 scores/m);
    const { status, stdout, stderr } = await evaluation.interrupt();
    expect(stdout).toContain('ROC-AUC');
    expect(stderr).toContain(`wrote ${page}`);
    expect(readFileSync(page, 'utf8')).toContain(stage.scores);
    expect(status).toBe(/^missed: recall/m.test(stderr) ? 1 : 0);
  });
});
