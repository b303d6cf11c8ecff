// Promise: `fraudstream plan` answers for one rate or for a table of them, and says why where there is no answer.
import { expect, it } from 'vitest';
import { run } from '../../helpers/command-line.ts';

it('answers in JSON with what the model was fed with', async () => {
  const { status, stdout } = await run(['plan', '--rate', '65000', '--json']);
  expect(status).toBe(0);
  const { measured, plans } = JSON.parse(stdout) as { measured: { commitMs: number }; plans: { perSecond: number }[] };
  expect(measured.commitMs).toBeGreaterThan(0);
  expect(plans.map(({ perSecond }) => perSecond)).toEqual([65_000]);
});

it('has a line for each rate where none is named', async () => {
  const { stdout } = await run(['plan']);
  for (const rate of ['1,000', '65,000', '1,000,000']) expect(stdout).toMatch(new RegExp(`^ +${rate} `, 'm'));
});

it('says what makes a promise impossible', async () => {
  const { status, stderr } = await run(['plan', '--p99', '10']);
  expect(status).toBe(1);
  expect(stderr).toContain('a Kafka transaction alone takes');
});
