// Waiting is told often enough to be seen, and not so often that it hides the rest.
import { expect, it } from 'vitest';
import { tellOfWaiting } from '../../../src/stream/backoff.ts';
import { NO_LOG } from '../../../src/stream/stream-log.ts';

const WAIT = { partition: 3, reason: 'not connected' };

it('warns at each doubling of the attempts, and tells the others to those who debug', () => {
  const warned: object[] = [];
  const debugged: object[] = [];
  const log = {
    ...NO_LOG,
    warn: (fields: object) => warned.push(fields),
    debug: (fields: object) => debugged.push(fields),
  };
  for (let attempt = 1; attempt <= 100; attempt++) tellOfWaiting(log, { ...WAIT, attempt }, 'the batch waits');
  expect(warned).toEqual([1, 2, 4, 8, 16, 32, 64].map((attempt) => ({ ...WAIT, attempt })));
  expect(debugged).toHaveLength(93);
});
