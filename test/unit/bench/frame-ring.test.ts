// Requests go out whole, each in its turn.
import { describe, expect, it } from 'vitest';
import { DEPTH_MAX, frame, FrameRing } from '../../../src/bench/frame-ring.ts';

describe('a ring of frames', () => {
  it('encodes words as an array of bulk strings', () => {
    expect(frame(['GET', Buffer.from('é')]).toString()).toBe('*2\r\n$3\r\nGET\r\n$2\r\né\r\n');
  });

  it('hands out frames in order, round and round, over its end as well', () => {
    const ring = new FrameRing(['a', 'bb', 'ccc'].map((text) => Buffer.from(text)));
    const taken = [2, 2, DEPTH_MAX, 1].map((count) => ring.take(count).toString());
    expect(taken[0]).toBe('abb');
    expect(taken[1]).toBe('ccca');
    expect(taken.join('')).toBe('abbccc'.repeat(DEPTH_MAX).slice(0, taken.join('').length));
  });
});
