// Kernels that move elements, in the corners that TensorFlow's operators do not reach.
import { describe, expect, it } from 'vitest';
import { concat, split, stack, unstack } from '../../../../src/redisai/kernels/concat.ts';
import { cumprod } from '../../../../src/redisai/kernels/cumulative.ts';
import { fill, oneHot, randomUniform, range } from '../../../../src/redisai/kernels/fill.ts';
import { gather } from '../../../../src/redisai/kernels/gather.ts';
import { KernelError } from '../../../../src/redisai/kernels/kernel-error.ts';
import { matmul } from '../../../../src/redisai/kernels/matmul.ts';
import { argExtreme, sortAlong } from '../../../../src/redisai/kernels/order.ts';
import { pad } from '../../../../src/redisai/kernels/pad.ts';
import { reduce } from '../../../../src/redisai/kernels/reduce.ts';
import { expandDims, reshape, squeeze } from '../../../../src/redisai/kernels/reshape.ts';
import { pythonRange, slice } from '../../../../src/redisai/kernels/slice.ts';
import { logSoftmax, softmax } from '../../../../src/redisai/kernels/softmax.ts';
import { broadcastTo, flip, transpose } from '../../../../src/redisai/kernels/strided-copy.ts';
import { tile } from '../../../../src/redisai/kernels/tile.ts';
import type { NumericData, Tensor } from '../../../../src/redisai/tensor/tensor.ts';

function floats(shape: readonly number[], ...values: number[]): Tensor {
  return { dtype: 'FLOAT', shape, data: Float32Array.from(values) };
}

function longs(...values: number[]): Tensor {
  return { dtype: 'INT64', shape: [values.length], data: BigInt64Array.from(values, BigInt) };
}

function numbers(value: Tensor): number[] {
  return Array.from<number | bigint, number>(value.data as NumericData, Number);
}

const GRID = floats([2, 3], 1, 2, 3, 4, 5, 6);

describe('slices', () => {
  // Left: start, stop, step over five elements; right: what Python picks.
  it.each([
    [undefined, undefined, 1, [0, 1, 2, 3, 4]],
    [1, 3, 1, [1, 2]],
    [-2, undefined, 1, [3, 4]],
    [undefined, undefined, -1, [4, 3, 2, 1, 0]],
    [3, 0, -2, [3, 1]],
    [undefined, undefined, 2, [0, 2, 4]],
    [9, 2, 1, []],
    [-9, 99, 3, [0, 3]],
    [4, -9, -4, [4, 0]],
  ])('%j:%j:%j', (start, stop, step, expected) => {
    const five = floats([5], 0, 1, 2, 3, 4);
    expect(numbers(slice(five, [pythonRange(start, stop, step, 5)]))).toEqual(expected);
  });

  it('refuse a step of 0 and what lies outside', () => {
    expect(() => pythonRange(0, 1, 0, 5)).toThrow(KernelError);
    expect(() =>
      slice(GRID, [
        { start: 0, count: 3, step: 1 },
        { start: 0, count: 1, step: 1 },
      ]),
    ).toThrow(KernelError);
  });
});

describe('shapes', () => {
  it('reshape keeps the elements', () => {
    expect(reshape(GRID, [3, -1]).shape).toEqual([3, 2]);
    expect(reshape(floats([0]), [0, 4]).shape).toEqual([0, 4]);
  });

  it.each([[[4]], [[-1, -1]], [[-1, 4]], [[-2, 3]], [[0, -1]]])('reshape refuses %j for six elements', (shape) => {
    expect(() => reshape(GRID, shape)).toThrow(KernelError);
  });

  it('dimensions of one come and go', () => {
    expect(expandDims(GRID, 1).shape).toEqual([2, 1, 3]);
    expect(squeeze(floats([1, 2, 1], 1, 2), [0]).shape).toEqual([2, 1]);
    expect(() => squeeze(GRID, [0])).toThrow(KernelError);
  });

  it('transpose and flip', () => {
    expect(numbers(transpose(GRID, [1, 0]))).toEqual([1, 4, 2, 5, 3, 6]);
    expect(numbers(flip(GRID, [0, 1]))).toEqual([6, 5, 4, 3, 2, 1]);
    expect(() => transpose(GRID, [0, 0])).toThrow(KernelError);
  });

  it('broadcastTo refuses to shrink', () => {
    expect(numbers(broadcastTo(floats([2, 1], 1, 2), [2, 2]))).toEqual([1, 1, 2, 2]);
    expect(() => broadcastTo(GRID, [3])).toThrow(KernelError);
  });

  it('tile and pad', () => {
    expect(numbers(tile(floats([2], 1, 2), [3]))).toEqual([1, 2, 1, 2, 1, 2]);
    expect(numbers(pad(longs(1, 2), [[1, 2]], 7n))).toEqual([7, 1, 2, 7, 7]);
  });
});

describe('putting together and taking apart', () => {
  it('stack is the inverse of unstack', () => {
    const parts = unstack(GRID, 1);
    expect(parts.map(numbers)).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(stack(parts, 1)).toEqual(GRID);
  });

  it('concat is the inverse of split', () => {
    const parts = split(GRID, [1, 2], -1);
    expect(parts.map(numbers)).toEqual([
      [1, 4],
      [2, 3, 5, 6],
    ]);
    expect(concat(parts, 1)).toEqual(GRID);
  });

  it('refuse what does not fit', () => {
    expect(() => concat([], 0)).toThrow(KernelError);
    expect(() => concat([GRID, floats([2], 1, 2)], 0)).toThrow(KernelError);
    expect(() => concat([GRID, floats([2, 2], 1, 2, 3, 4)], 0)).toThrow(KernelError);
    expect(() => split(GRID, [1, 1], 1)).toThrow(KernelError);
  });

  it('gather refuses an index outside', () => {
    expect(numbers(gather(GRID, longs(2, 0), 1))).toEqual([3, 1, 6, 4]);
    expect(() => gather(GRID, longs(3), 1)).toThrow('index 3 is not in [0, 3)');
    expect(() => gather(GRID, longs(-1), 1)).toThrow(KernelError);
  });
});

describe('order', () => {
  it('sorts stably, NaN last when ascending', () => {
    const sorted = sortAlong(floats([4], 3, NaN, 1, 3), 0, false, 4, 'INT64');
    expect(numbers(sorted.values)).toEqual([1, 3, 3, NaN]);
    expect(numbers(sorted.indices)).toEqual([2, 0, 3, 1]);
  });

  it('sorts along an axis that is not the last', () => {
    const sorted = sortAlong(floats([2, 2], 1, 9, 5, 2), 0, true, 2, 'INT32');
    expect(numbers(sorted.values)).toEqual([5, 9, 1, 2]);
    expect(numbers(sorted.indices)).toEqual([1, 0, 0, 1]);
  });

  it('the first of equals, and the first NaN, is the extreme', () => {
    expect(numbers(argExtreme('max', floats([4], 1, 7, 7, 2), 0, 'INT64'))).toEqual([1]);
    expect(numbers(argExtreme('min', floats([4], 1, NaN, -7, NaN), 0, 'INT64'))).toEqual([1]);
    expect(() => argExtreme('max', floats([0]), 0, 'INT64')).toThrow(KernelError);
    expect(() => sortAlong(GRID, 1, true, 4, 'INT32')).toThrow(KernelError);
  });
});

describe('folding', () => {
  it('takes all axes when none is named, and refuses one that is not there', () => {
    expect(reduce('sum', GRID, undefined, false)).toEqual(floats([], 21));
    expect(reduce('mean', GRID, undefined, true).shape).toEqual([1, 1]);
    expect(() => reduce('sum', GRID, [2], false)).toThrow(KernelError);
  });

  it('of nothing is the neutral element', () => {
    expect(numbers(reduce('sum', floats([0, 2]), [0], false))).toEqual([0, 0]);
    expect(numbers(reduce('max', floats([0, 2]), [0], false))).toEqual([-Infinity, -Infinity]);
  });

  it('keeps 64 bits', () => {
    const big: Tensor = { dtype: 'INT64', shape: [2], data: BigInt64Array.of(2n ** 62n, 1n) };
    expect(reduce('sum', big, undefined, false).data).toEqual(BigInt64Array.of(2n ** 62n + 1n));
    expect(numbers(cumprod(longs(2, 3, 4), 0))).toEqual([2, 6, 24]);
  });

  it('softmax does not overflow, over any axis', () => {
    expect(numbers(softmax(floats([2, 2], 1000, 0, 1000, 0), 0))).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(numbers(logSoftmax(floats([2], 0, -1000), -1))).toEqual([0, -1000]);
    expect(numbers(softmax(floats([], 3), -1))).toEqual([1]);
    expect(() => softmax(longs(1), 0)).toThrow(KernelError);
  });
});

describe('matmul', () => {
  it('multiplies whole numbers exactly', () => {
    const wide: Tensor = { dtype: 'INT64', shape: [1, 2], data: BigInt64Array.of(2n ** 40n, 3n) };
    const tall: Tensor = { dtype: 'INT64', shape: [2, 1], data: BigInt64Array.of(2n ** 20n, 5n) };
    expect(matmul(wide, tall).data).toEqual(BigInt64Array.of(2n ** 60n + 15n));
  });

  it('is exact over every number of rows and columns, whichever way they are grouped', () => {
    for (let m = 1; m <= 9; m += 1) {
      for (let n = 1; n <= 9; n += 1) {
        const rows = floats([m, 3], ...Array.from({ length: m * 3 }, (_, i) => i + 1));
        const weights = floats([3, n], ...Array.from({ length: 3 * n }, (_, i) => i));
        const cell = (r: number, c: number): number =>
          [0, 1, 2].reduce((sum, p) => sum + (3 * r + p + 1) * (p * n + c), 0);
        const expected = Array.from({ length: m * n }, (_, i) => cell(Math.floor(i / n), i % n));
        expect(numbers(matmul(rows, weights))).toEqual(expected);
      }
    }
  });

  it('names both shapes where they do not fit', () => {
    expect(() => matmul(GRID, GRID)).toThrow('Matrix size-incompatible: In[0]: [2,3], In[1]: [2,3]');
    expect(() => matmul(floats([3], 1, 2, 3), GRID)).toThrow('In[0] is not a matrix');
  });
});

describe('making', () => {
  it('range counts up and down and refuses to count for ever', () => {
    expect(numbers(range('FLOAT', 0, 1, 0.25))).toEqual([0, 0.25, 0.5, 0.75]);
    expect(numbers(range('INT64', 5, 0, -2))).toEqual([5, 3, 1]);
    expect(() => range('INT32', 0, 10, 0)).toThrow(KernelError);
    expect(() => range('INT32', 0, 1e12, 1)).toThrow(/larger than the limit/);
  });

  it('oneHot has nothing for an index outside', () => {
    expect(numbers(oneHot(longs(1, 5, -1), 2, 1, 0, -1, 'FLOAT'))).toEqual([0, 1, 0, 0, 0, 0]);
  });

  it('fill refuses negative and huge shapes', () => {
    expect(() => fill('FLOAT', [-1], 0)).toThrow(KernelError);
    expect(() => fill('FLOAT', [2 ** 20, 2 ** 20], 0)).toThrow(/larger than the limit/);
  });

  it('random numbers lie in [0, 1), differ, and have the mean of a uniform distribution', () => {
    const drawn = numbers(randomUniform('FLOAT', [100, 100]));
    const mean = drawn.reduce((sum, x) => sum + x, 0) / drawn.length;
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
    expect(new Set(drawn).size).toBeGreaterThan(9_000);
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
  });
});
