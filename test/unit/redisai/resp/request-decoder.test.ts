// Promise: commands come out as they were sent, however the bytes are cut up; what is no command ends the conversation.
import { describe, expect, it } from 'vitest';
import { ProtocolError, RequestDecoder, type RequestLimits } from '../../../../src/redisai/resp/request-decoder.ts';

const LIMITS: RequestLimits = {
  argumentsMax: 1000,
  bulkBytesMax: 1_000_000,
  requestBytesMax: 2_000_000,
  authenticated: true,
};
const STRANGER: RequestLimits = { ...LIMITS, authenticated: false };

function frame(...words: string[]): string {
  return `*${words.length}\r\n` + words.map((word) => `$${word.length}\r\n${word}\r\n`).join('');
}

/** Feeds the bytes in pieces of `size` and collects the commands. */
function decode(text: string, size = text.length, limits = LIMITS): string[][] {
  const decoder = new RequestDecoder();
  const bytes = Buffer.from(text, 'latin1');
  const commands: string[][] = [];
  for (let at = 0; at < bytes.length; at += size) {
    // A copy, as chunks of a socket are: later chunks must not be needed to read earlier ones.
    decoder.push(Buffer.from(bytes.subarray(at, at + size)));
    for (let args = decoder.next(limits); args !== undefined; args = decoder.next(limits)) {
      commands.push(Array.from({ length: args.length }, (_, i) => args.text(i)));
    }
  }
  return commands;
}

const BINARY = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join('');
const CONVERSATION: string[][] = [
  ['PING'],
  ['SET', '', BINARY],
  ['SET', '__proto__', '\r\n$3\r\n'],
  Array.from({ length: 300 }, (_, i) => `argument ${i}`),
  ['GET', 'x'.repeat(5000)],
];

describe('RequestDecoder', () => {
  it.each([1, 2, 3, 7, 64, 4096, 100_000])('reads the same commands in pieces of %i bytes', (size) => {
    const text = CONVERSATION.map((words) => frame(...words)).join('');
    expect(decode(text, size)).toEqual(CONVERSATION);
  });

  it.each([1, 2, 1000])('reads inline commands and frames in turn, in pieces of %i bytes', (size) => {
    const text = `PING\r\n\r\n${frame('GET', 'a')}set "a b" 'c\\'d' "\\x41\\n"\n*0\r\n*-1\r\n${frame('DEL', 'a')}`;
    expect(decode(text, size)).toEqual([['PING'], ['GET', 'a'], ['set', 'a b', "c'd", 'A\n'], ['DEL', 'a']]);
  });

  it.each([
    ['*x\r\n', 'invalid multibulk length'],
    ['*01\r\n', 'invalid multibulk length'],
    ['*1001\r\n', 'invalid multibulk length'],
    ['*99999999999999999999\r\n', 'invalid multibulk length'],
    ['*1\r\n$x\r\n', 'invalid bulk length'],
    ['*1\r\n$-1\r\n', 'invalid bulk length'],
    ['*1\r\n$1000001\r\n', 'invalid bulk length'],
    ['*1\r\n:3\r\n', "expected '$', got ':'"],
    ['*1\r\n*1\r\n', "expected '$', got '*'"],
    ['*' + '1'.repeat(70_000), 'too big mbulk count string'],
    ['*1\r\n$' + '1'.repeat(70_000), 'too big bulk count string'],
    ['a'.repeat(70_000), 'too big inline request'],
    ['GET "a\r\n', 'unbalanced quotes in request'],
    ['GET "a"b\r\n', 'unbalanced quotes in request'],
  ])('refuses %j in the words of Redis', (text, words) => {
    expect(() => decode(text)).toThrow(new ProtocolError(words));
    expect(() => decode(text, 1000)).toThrow(new ProtocolError(words));
  });

  it('takes little from who has not logged in', () => {
    expect(() => decode('*11\r\n', 5, STRANGER)).toThrow('unauthenticated multibulk length');
    expect(() => decode('*1\r\n$16385\r\n', 100, STRANGER)).toThrow('unauthenticated bulk length');
    expect(decode(frame('AUTH', 'x'.repeat(16_384)), 1000, STRANGER)).toHaveLength(1);
  });

  it('refuses a request that is too large in all', () => {
    const half = 'x'.repeat(900_000);
    expect(() => decode(frame('SET', half, half, half), 65_536)).toThrow('too big request');
  });

  it('takes no memory for lengths that are only announced', () => {
    const before = process.memoryUsage().arrayBuffers;
    const decoders = Array.from({ length: 200 }, () => {
      const decoder = new RequestDecoder();
      decoder.push(Buffer.from('*1000\r\n$1000000\r\nabc'));
      decoder.next(LIMITS);
      return decoder;
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
    expect(decoders.every((decoder) => decoder.pendingBytes === 20)).toBe(true);
  });

  it('compares words whatever their case, and copies for those who keep them', () => {
    const decoder = new RequestDecoder();
    decoder.push(Buffer.from(frame('sEt', 'key', 'BLOB')));
    const args = decoder.next(LIMITS)!;
    const kept = args.copy();
    expect([args.is(0, 'SET'), args.is(0, 'GET'), args.is(2, 'BLOB'), args.is(2, 'BLO')]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect([args.size(1), Buffer.from(args.bytes(1)).toString(), args.word(0)]).toEqual([3, 'key', 'SET']);
    expect(decoder.next(LIMITS)).toBeUndefined();
    decoder.push(Buffer.from(frame('other', 'words', 'here')));
    decoder.next(LIMITS);
    expect([kept.text(0), kept.text(1), kept.text(2)]).toEqual(['sEt', 'key', 'BLOB']);
  });

  it('answers or refuses 20,000 mutated conversations, and never hangs or fails otherwise', () => {
    const random = generator(42);
    const clean = CONVERSATION.slice(0, 3)
      .map((words) => frame(...words))
      .join('');
    let refused = 0;
    for (let round = 0; round < 20_000; round++) {
      try {
        decode(mutate(clean, random), 1 + Math.floor(random() * 50));
      } catch (thrown) {
        if (!(thrown instanceof ProtocolError)) throw thrown;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(1000);
    expect(refused).toBeLessThan(20_000);
  });
});

function mutate(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const byte = String.fromCharCode(Math.floor(random() * 256));
  const kinds = [
    (): string => text.slice(0, at) + byte + text.slice(at + 1),
    (): string => text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 10)),
    (): string => text.slice(0, at) + byte + text.slice(at),
    (): string => text.slice(0, at),
    (): string => text.slice(0, at) + text.slice(Math.floor(random() * text.length)),
  ];
  return kinds[Math.floor(random() * kinds.length)]!();
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}
