// Replies are counted however the bytes are cut, and no error among them is taken for an answer.
import { describe, expect, it } from 'vitest';
import { ReplyCounter } from '../../../src/bench/reply-counter.ts';

const REPLIES = [
  '+OK\r\n',
  ':-7\r\n',
  '$5\r\n-a\r\nb\r\n',
  '$-1\r\n',
  '*-1\r\n',
  '*0\r\n',
  '*2\r\n*1\r\n+NA\r\n$0\r\n\r\n',
];

describe('a counter of replies', () => {
  it('counts every kind of reply, byte by byte as in one piece', () => {
    const bytes = Buffer.from(REPLIES.join(''));
    expect(new ReplyCounter().push(bytes)).toBe(REPLIES.length);
    const counter = new ReplyCounter();
    const counts = [...bytes].map((byte) => counter.push(Buffer.of(byte)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(REPLIES.length);
    expect(counts.at(-1)).toBe(1);
    expect(counter.errors).toBe(0);
  });

  it('sees errors inside of arrays and keeps the words of the first', () => {
    const counter = new ReplyCounter();
    expect(counter.push(Buffer.from('*3\r\n+OK\r\n-ERR no such'))).toBe(0);
    expect(counter.push(Buffer.from(' model\r\n+NA\r\n-ERR other\r\n'))).toBe(2);
    expect(counter.errors).toBe(2);
    expect(counter.firstError).toBe('ERR no such model');
  });
});
