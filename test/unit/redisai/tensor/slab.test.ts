// Promises: pieces of a block never overlap, and what stays does not keep the block.
import { describe, expect, it } from 'vitest';
import type { NumericDtype } from '../../../../src/redisai/tensor/dtype.ts';
import { ownMemory, PIECE_BYTES_MAX, slabArray, SLAB_BYTES } from '../../../../src/redisai/tensor/slab.ts';
import type { NumericData } from '../../../../src/redisai/tensor/tensor.ts';

const DTYPES: readonly NumericDtype[] = [
  'FLOAT',
  'INT8',
  'DOUBLE',
  'INT16',
  'INT64',
  'UINT8',
  'BOOL',
  'INT32',
  'UINT16',
];

describe('arrays of a slab', () => {
  it('are zeros, and stay what they are when others are written to', () => {
    const pieces: NumericData[] = [];
    for (let i = 0; i < 900; i += 1) {
      const piece = slabArray(DTYPES[i % DTYPES.length]!, 33 + i);
      expect(piece.every((x: number | bigint) => Number(x) === 0)).toBe(true);
      const value = i % 2;
      piece.fill((piece instanceof BigInt64Array ? BigInt(value) : value) as never);
      pieces.push(piece);
    }
    for (const [i, piece] of pieces.entries()) {
      expect(piece).toHaveLength(33 + i);
      expect(piece.every((x: number | bigint) => Number(x) === i % 2)).toBe(true);
    }
  });

  it('have memory of their own where they are large', () => {
    expect(slabArray('UINT8', PIECE_BYTES_MAX + 1).buffer.byteLength).toBe(PIECE_BYTES_MAX + 1);
    expect(slabArray('UINT8', PIECE_BYTES_MAX).buffer.byteLength).toBe(SLAB_BYTES);
  });
});

describe('ownMemory', () => {
  it('takes a piece out of its block, and leaves alone what has memory of its own', () => {
    const data = slabArray('FLOAT', 256);
    data.fill(2 as never);
    const owned = ownMemory({ dtype: 'FLOAT', shape: [1, 256], data });
    expect((owned.data as Float32Array).buffer.byteLength).toBe(1024);
    expect(owned.data).toEqual(new Float32Array(256).fill(2));
    expect(ownMemory(owned)).toBe(owned);
  });
});
