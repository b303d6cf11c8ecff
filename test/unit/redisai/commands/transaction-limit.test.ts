// Promise: what MULTI queues is bounded by the size of a request, and a transaction that would grow beyond it does nothing.
import { expect, it } from 'vitest';
import { dispatch } from '../../../../src/redisai/commands/dispatch.ts';
import { Engine } from '../../../../src/redisai/commands/engine.ts';
import { Session } from '../../../../src/redisai/commands/session.ts';
import { Settings } from '../../../../src/redisai/commands/settings.ts';
import { COMMANDS } from '../../../../src/redisai/commands/table.ts';
import { QUEUED, type ErrorReply } from '../../../../src/redisai/resp/reply.ts';
import { TextArgs } from '../../../../src/redisai/resp/text-args.ts';

const NO_CONNECTION = { remoteAddress: '', localAddress: '', close: () => undefined, destroy: () => undefined };

it('refuses the command that would be too much, and then EXEC; the next transaction is free of it', () => {
  const settings = Object.assign(new Settings(), { requestBytesMax: 10_000 });
  const session = new Session(new Engine({ commands: COMMANDS, settings }), NO_CONNECTION);
  const send = (...words: string[]): unknown => dispatch(session, new TextArgs(words));
  const set = ['SET', 'k', 'x'.repeat(4000)];
  send('MULTI');
  expect([send(...set), send(...set)]).toEqual([QUEUED, QUEUED]);
  expect((send(...set) as ErrorReply).text).toBe('ERR the transaction is larger than a request may be');
  expect(send('GET', 'k')).toBe(QUEUED);
  expect((send('EXEC') as ErrorReply).text).toMatch(/^EXECABORT/);
  expect(send('EXISTS', 'k')).toBe(0);
  send('MULTI');
  expect([send(...set), send(...set)]).toEqual([QUEUED, QUEUED]);
});
