// Promise: a signal shows what a running command does in detail, another one ends that.
import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { switchLogLevelOnSignal } from '../../../src/cli/log-level-switch.ts';
import { createLog } from '../../../src/telemetry/logger.ts';

it('SIGUSR2 turns debug on, and back to what was set', () => {
  const lines: string[] = [];
  const log = createLog({ level: 'warn', destination: { write: (line: string) => void lines.push(line) } });
  const signals = new EventEmitter();
  const stop = switchLogLevelOnSignal(log, signals);
  const speak = (): void => log.debug({}, 'detail');
  speak();
  signals.emit('SIGUSR2');
  speak();
  signals.emit('SIGUSR2');
  speak();
  stop();
  signals.emit('SIGUSR2');
  speak();
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    'log level changed',
    'detail',
    'log level changed',
  ]);
});
