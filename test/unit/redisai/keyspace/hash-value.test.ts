// Promise: hashes that have the same fields hold the names of these once, however often they came over a socket.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { HashValue } from '../../../../src/redisai/keyspace/hash-value.ts';

const [HASHES, FIELDS] = [2_000, 30];

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** A string of its own each time, as a socket gives it. */
const received = (text: string): string => Buffer.from(text).toString('latin1');

function heapBytesOf(nameOf: (hash: number, field: number) => string): number {
  collect();
  const before = process.memoryUsage().heapUsed;
  const hashes = Array.from({ length: HASHES }, (_, index) => {
    const hash = new HashValue();
    for (let field = 0; field < FIELDS; field++) hash.set(received(nameOf(index, field)), '1');
    return hash;
  });
  collect();
  const bytes = process.memoryUsage().heapUsed - before;
  expect(hashes).toHaveLength(HASHES);
  return bytes / HASHES / FIELDS;
}

it('names that come again cost no memory of their own', () => {
  const own = heapBytesOf((hash, field) => `field ${100_000 + FIELDS * hash + field}`);
  const shared = heapBytesOf((_hash, field) => `field ${100_000 + field}`);
  // At the least a string's header and its twelve characters.
  expect(own - shared).toBeGreaterThan(20);
});
