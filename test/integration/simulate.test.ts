// Promise: `simulate` scores as many transactions as it was told, against any engine, and ends with how long they took.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, Run } from '../helpers/command-line.ts';
import { serve } from '../helpers/serving-engine.ts';

describe('simulate', () => {
  let engine: Run;
  let REDISAI_URL: string;
  beforeAll(async () => {
    ({ engine, url: REDISAI_URL } = await serve());
    await run(['provision', '--references', '200'], { REDISAI_URL });
  });
  afterAll(() => engine.interrupt());

  it('brings an engine of its own where none is named', async () => {
    const simulated = new Run(['simulate', '--count', '5', '--seed', '4', '--references', '50']);
    const { status, stdout, stderr } = await simulated.ended;
    expect(status, stderr).toBe(0);
    expect(
      stdout.match(/^Transaction is fraudulent with probability [01]\.\d{6}; total time \d+\.\d\d ms/gm),
    ).toHaveLength(5);
    expect(stdout).toMatch(/5 events, [\d,]+ per second[^]*p50 [\d.]+ ms/);
    await simulated.untilNothingIsLeft();
  });

  it('shares the count among its clients, and scores the same for the same seed', async () => {
    const scores = async (concurrency: string): Promise<string[]> => {
      const words = ['simulate', '--count', '60', '--seed', '9', '--json', '--concurrency', concurrency];
      const { status, stdout } = await run(words, { REDISAI_URL });
      expect(status).toBe(0);
      const lines = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, string | number>);
      expect(lines.pop()).toMatchObject({ events: 60 });
      return lines.map(({ transaction, score, references }) => `${transaction!} ${score!} ${references!}`).sort();
    };
    const alone = await scores('1');
    expect(alone).toHaveLength(60);
    expect(await scores('7')).toEqual(alone);
  });

  it('says what an engine without models lacks', async () => {
    const { status, stderr } = await run(['simulate', '--tag', 'nobody'], { REDISAI_URL });
    expect(stderr).toMatch(/^error: the engine gave no score[^]*next: .*provision/);
    expect(status).toBe(69);
  });
});
