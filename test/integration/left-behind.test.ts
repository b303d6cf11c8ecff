// Promise of the tests' own helper: what a failed test leaves running ends with its file, with all that it started.
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { endRuns, Run } from '../helpers/command-line.ts';

it('ends what a test left running', async () => {
  const command = ['serve', '--port', '0'];
  const left = new Run([`node dist/src/main.js ${command.join(' ')} & wait`], {}, ['bash', '-c']);
  await left.untilSays(/listening on/);
  await endRuns();
  expect(left.leftOver()).toEqual([]);
  expect(existsSync(left.temporary)).toBe(false);
  await expect(left.untilSays(/never said/)).rejects.toThrow(/it ended without/);
});
