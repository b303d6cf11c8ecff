// Promise: the keys of a slot are known while they come and go.
import { expect, it } from 'vitest';
import { SlotIndex } from '../../../../src/redisai/keyspace/slot-index.ts';

it('knows the keys of a slot while they come and go', () => {
  const index = new SlotIndex(['a{foo}', 'bar']);
  index.add('foo');
  index.remove('bar');
  index.remove('nosuch');
  expect([...index.keysIn(12182)]).toEqual(['a{foo}', 'foo']);
  expect(index.keysIn(5061).size).toBe(0);
});
