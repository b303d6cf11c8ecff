// Promise: a log line is JSON with a level and a time, scrubbed, and kafkajs does not cry wolf.
import { describe, expect, it } from 'vitest';
import { kafkaLogCreator } from '../../../src/telemetry/kafka-log.ts';
import { createLog, type LogLevel } from '../../../src/telemetry/logger.ts';

function logged(level: LogLevel, write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLog({ level, destination: { write: (line) => lines.push(line) } }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('log', () => {
  it('writes level, time, message and fields as JSON', () => {
    const [line] = logged('info', (log) => log.info({ records: 500 }, 'batch scored'));
    expect(line).toMatchObject({ level: 'info', records: 500, msg: 'batch scored' });
    expect(line?.['time']).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('scrubs message, arguments, fields and errors', () => {
    const card = '4111111111111111';
    const lines = logged('info', (log) => {
      log.info(`saw ${card}`);
      log.info('saw %s', card);
      log.info({ deep: { pan: card } }, 'fields');
      log.error({ err: new Error(card) }, 'error');
      log.error(new Error(card));
    });
    expect(lines).toHaveLength(5);
    expect(JSON.stringify(lines)).not.toContain('4111111111');
  });

  it('keeps the message and stack of an error', () => {
    const [line] = logged('info', (log) => log.error({ err: new TypeError('no good') }, 'batch failed'));
    expect(line?.['err']).toMatchObject({ type: 'TypeError', message: 'no good' });
  });
});

describe('the log of kafkajs', () => {
  const entry = (message: string, error?: string): Parameters<ReturnType<ReturnType<typeof kafkaLogCreator>>>[0] => ({
    namespace: 'Connection',
    level: 1,
    log: { message, ...(error === undefined ? {} : { error }) },
  });

  it('lowers what kafkajs retries by itself to debug', () => {
    const concurrent =
      'The producer attempted to update a transaction while another concurrent operation on the same transaction was ongoing';
    const lines = logged('debug', (log) => {
      kafkaLogCreator(log)(1)(entry('Response AddPartitionsToTxn(key: 24, version: 1)', concurrent));
      kafkaLogCreator(log)(1)(entry('Response GroupCoordinator', 'The group coordinator is not available'));
    });
    expect(lines.map((line) => line['level'])).toEqual(['debug', 'debug']);
  });

  it.each([
    'Closed connection',
    'Connection timeout',
    'Failed to connect to seed broker, trying another broker from the list: Connection timeout',
    'Restarting the consumer in 300ms',
  ])('lowers what it says at each attempt while a broker is away: %s', (message) => {
    const [line] = logged('debug', (log) => kafkaLogCreator(log)(1)(entry(message)));
    expect(line!['level']).toBe('debug');
  });

  it('leaves a real error an error, and names where it came from', () => {
    const [line] = logged('info', (log) => {
      kafkaLogCreator(log)(1)(entry('Crash: not authorized', 'Topic authorization failed'));
    });
    expect(line).toMatchObject({ level: 'error', kafka: 'Connection', error: 'Topic authorization failed' });
  });
});
