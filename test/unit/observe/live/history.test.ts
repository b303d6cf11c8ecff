// Promise: each second of the history holds what happened in it, and nothing of what came before.
import { expect, it } from 'vitest';
import { StreamHistory } from '../../../../src/observe/live/history.ts';
import { Tally } from '../../../../src/observe/tally.ts';

it('tells seconds apart, and keeps two minutes of them', () => {
  const tally = { scored: 0, endToEndSeconds: new Tally([0.01, 0.1, 1]) };
  const history = new StreamHistory(tally);
  tally.scored = 5;
  for (let i = 0; i < 100; i++) tally.endToEndSeconds.observe(0.005);
  history.tick();
  history.tick();
  tally.scored = 6;
  tally.endToEndSeconds.observe(0.5);
  history.tick();
  const { scored, p50, p99 } = history.all;
  expect(scored.slice(-4)).toEqual([0, 5, 0, 1]);
  expect(p50.slice(-4)).toEqual([null, 5, null, 550]);
  expect(p99).toHaveLength(120);
  expect(scored).toHaveLength(120);
});
