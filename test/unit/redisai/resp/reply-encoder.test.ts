// Promise: every kind of reply is the bytes that RESP2 and RESP3 say.
import { describe, expect, it } from 'vitest';
import { OutputLimitError, ReplyEncoder } from '../../../../src/redisai/resp/reply-encoder.ts';
import {
  Double,
  ErrorReply,
  MapReply,
  NULL_ARRAY,
  OK,
  Replies,
  SetReply,
  Verbatim,
  type Reply,
} from '../../../../src/redisai/resp/reply.ts';

function encode(reply: Reply, protocol: 2 | 3 = 2): string {
  const encoder = new ReplyEncoder(1_000_000);
  encoder.protocol = protocol;
  encoder.write(reply);
  return encoder.take().toString('latin1');
}

const LONG = '\xff'.repeat(40_000);

describe('ReplyEncoder', () => {
  it.each<[string, Reply, string, string]>([
    ['status', OK, '+OK\r\n', '+OK\r\n'],
    ['error', new ErrorReply('ERR no\r\ngood'), '-ERR no  good\r\n', '-ERR no  good\r\n'],
    ['integer', 0, ':0\r\n', ':0\r\n'],
    ['negative integer', -12, ':-12\r\n', ':-12\r\n'],
    ['five digits', 99_999, ':99999\r\n', ':99999\r\n'],
    ['large integer', 2 ** 53, ':9007199254740992\r\n', ':9007199254740992\r\n'],
    ['64 bits', 2n ** 63n - 1n, ':9223372036854775807\r\n', ':9223372036854775807\r\n'],
    ['bulk', 'a\r\nb', '$4\r\na\r\nb\r\n', '$4\r\na\r\nb\r\n'],
    ['empty bulk', '', '$0\r\n\r\n', '$0\r\n\r\n'],
    ['long bulk', LONG, `$40000\r\n${LONG}\r\n`, `$40000\r\n${LONG}\r\n`],
    ['bytes', Uint8Array.of(0, 255), '$2\r\n\0\xff\r\n', '$2\r\n\0\xff\r\n'],
    ['null', null, '$-1\r\n', '_\r\n'],
    ['null array', NULL_ARRAY, '*-1\r\n', '_\r\n'],
    ['array', [1, ['a', null]], '*2\r\n:1\r\n*2\r\n$1\r\na\r\n$-1\r\n', '*2\r\n:1\r\n*2\r\n$1\r\na\r\n_\r\n'],
    ['double', new Double('1.5'), '$3\r\n1.5\r\n', ',1.5\r\n'],
    ['map', new MapReply([['a', 1]]), '*2\r\n$1\r\na\r\n:1\r\n', '%1\r\n$1\r\na\r\n:1\r\n'],
    ['set', new SetReply(['a']), '*1\r\n$1\r\na\r\n', '~1\r\n$1\r\na\r\n'],
    ['verbatim', new Verbatim('hi'), '$2\r\nhi\r\n', '=6\r\ntxt:hi\r\n'],
    ['several', new Replies([1, 2]), ':1\r\n:2\r\n', ':1\r\n:2\r\n'],
    ['nothing', new Replies([]), '', ''],
  ])('%s', (_, reply, resp2, resp3) => {
    expect([encode(reply, 2), encode(reply, 3)]).toEqual([resp2, resp3]);
  });

  it('gathers replies until they are taken', () => {
    const encoder = new ReplyEncoder(1000);
    encoder.write(OK);
    encoder.write(1);
    expect(encoder.take().toString()).toBe('+OK\r\n:1\r\n');
    expect(encoder.length).toBe(0);
  });

  it('writes elsewhere while somebody still reads what was taken', () => {
    const encoder = new ReplyEncoder(1000);
    encoder.write('first');
    const first = encoder.take();
    encoder.recycle(false);
    encoder.write('other');
    expect(first.toString()).toBe('$5\r\nfirst\r\n');
  });

  it('refuses to grow beyond its limit', () => {
    expect(() => encode('x'.repeat(1_000_001))).toThrow(OutputLimitError);
  });
});
