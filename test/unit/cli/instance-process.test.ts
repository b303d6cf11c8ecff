// Promise: lines of several consumers can be told apart and still be parsed, and how one ended is how the parent ends.
import { expect, it } from 'vitest';
import { endOf, marked } from '../../../src/cli/instance-process.ts';

it.each([
  ['{"level":"info","msg":"stopped"}', { instance: 3, level: 'info', msg: 'stopped' }],
  ['{"a":{}}', { instance: 3, a: {} }],
])('keeps the JSON line %s one, with the instance in it', (line, expected) => {
  expect(JSON.parse(marked(3, line))).toEqual(expected);
});

it.each(['error: no engine', '', '{ of a person', '{}'])("puts the number before '%s'", (line) => {
  expect(marked(3, line)).toBe(`[3] ${line}`);
});

it.each([
  [0, null, 'exit code 0', undefined],
  [null, 'SIGTERM', 'SIGTERM', undefined],
  [null, 'SIGKILL', 'SIGKILL', 1],
  [69, null, 'exit code 69', 69],
  [130, null, 'exit code 130', 1],
])('takes code %s and signal %s for "%s", the parent for %s', (code, signal, reason, exitCode) => {
  expect(endOf(2, code, signal)).toEqual({ instance: 2, reason, exitCode });
});
