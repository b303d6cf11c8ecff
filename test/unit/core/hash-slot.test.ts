// Promise: a key's slot is the one that redis-server 7.0 says (CLUSTER KEYSLOT).
import { expect, it } from 'vitest';
import { keySlot, tagSlot } from '../../../src/core/hash-slot.ts';

const SLOTS: readonly [key: string, slot: number][] = [
  ['', 0],
  ['123456789', 12739],
  ['foo', 12182],
  ['bar', 5061],
  ['{user1000}.following', 3443],
  ['foo{bar}{zap}', 5061],
  ['foo{{bar}}zap', 4015],
  ['foo{}{bar}', 8363],
  ['a{}{b}', 15033],
];

it.each(SLOTS)('%j is in slot %i', (key, slot) => {
  expect(keySlot(key)).toBe(slot);
});

it('takes the bytes of a key, whatever they are', () => {
  expect(keySlot(Buffer.from([0xff, 0xfe, 0x80]).toString('latin1'))).toBe(11_813);
});

it('of a tag is that of every key that carries it', () => {
  expect(tagSlot('tag')).toBe(keySlot('references{tag}'));
  expect(tagSlot('ключ')).toBe(keySlot(Buffer.from('0_0{ключ}').toString('latin1')));
});
