// Element by element: broadcasting, the rules of each dtype, and functions that no TensorFlow operator shows.
import { describe, expect, it } from 'vitest';
import { cast } from '../../../../src/redisai/kernels/cast.ts';
import { binary } from '../../../../src/redisai/kernels/elementwise-binary.ts';
import type { BinaryOperator } from '../../../../src/redisai/kernels/elementwise-binary.ts';
import { eluWith, unary } from '../../../../src/redisai/kernels/elementwise-unary.ts';
import type { UnaryOperator } from '../../../../src/redisai/kernels/elementwise-unary.ts';
import { KernelError } from '../../../../src/redisai/kernels/kernel-error.ts';
import { NUMERIC } from '../../../../src/redisai/tensor/dtype.ts';
import type { NumericDtype } from '../../../../src/redisai/tensor/dtype.ts';
import type { NumericData, Tensor } from '../../../../src/redisai/tensor/tensor.ts';

function tensor(dtype: NumericDtype, shape: readonly number[], ...values: number[]): Tensor {
  const data = NUMERIC[dtype].allocate(values.length);
  values.forEach((value, i) => (data[i] = dtype === 'INT64' ? BigInt(value) : value));
  return { dtype, shape, data };
}

function vector(dtype: NumericDtype, ...values: number[]): Tensor {
  return tensor(dtype, [values.length], ...values);
}

function numbers(value: Tensor): number[] {
  return Array.from<number | bigint, number>(value.data as NumericData, Number);
}

describe('binary', () => {
  it.each([
    ['equal shapes', [2, 2], [2, 2], [2, 2]],
    ['a row for each row', [3, 4], [4], [3, 4]],
    ['each row for a row', [4], [3, 4], [3, 4]],
    ['a column', [3, 4], [3, 1], [3, 4]],
    ['both ways', [3, 1], [1, 4], [3, 4]],
    ['a scalar', [2, 3, 4], [], [2, 3, 4]],
    ['ones in front', [4], [1, 1, 4], [1, 1, 4]],
    ['a gap in the middle', [2, 3, 4], [2, 1, 4], [2, 3, 4]],
    ['nothing', [0, 4], [4], [0, 4]],
    ['nothing of a scalar', [0], [1], [0]],
  ])('broadcasts %s', (_, a, b, shape) => {
    const count = (dims: readonly number[]): number => dims.reduce((product, dim) => product * dim, 1);
    const fill = (dims: readonly number[], step: number): Tensor =>
      tensor('INT32', dims, ...Array.from({ length: count(dims) }, (_unused, i) => (i + 1) * step));
    const [x, y] = [fill(a, 1), fill(b, 1000)];
    const result = binary('add', 'INT32')(x, y);
    expect(result.shape).toEqual(shape);
    expect(numbers(result)).toEqual(addOneByOne(x, y, shape));
  });

  /** The definition of broadcasting, index by index. */
  function addOneByOne(x: Tensor, y: Tensor, shape: readonly number[]): number[] {
    const at = (value: Tensor, index: readonly number[]): number => {
      const own = index.slice(index.length - value.shape.length);
      const flat = own.reduce((sum, i, d) => sum * value.shape[d]! + (value.shape[d] === 1 ? 0 : i), 0);
      return Number((value.data as NumericData)[flat]);
    };
    const indices = shape.reduce<number[][]>(
      (all, dim) => all.flatMap((index) => Array.from({ length: dim }, (_, i) => [...index, i])),
      [[]],
    );
    return indices.map((index) => at(x, index) + at(y, index));
  }

  it.each<[BinaryOperator, NumericDtype, number[], number[], number[]]>([
    ['add', 'UINT8', [250], [10], [4]],
    ['sub', 'INT8', [-128], [1], [127]],
    ['mul', 'INT64', [3e9], [4], [12e9]],
    ['truncDiv', 'INT64', [7, -7], [2, 0], [3, 0]],
    ['floorDiv', 'INT64', [7, -7, 7], [-2, 2, 0], [-4, -4, 0]],
    ['floorMod', 'INT64', [7, -7], [-2, 2], [-1, 1]],
    ['floorMod', 'FLOAT', [5.5, -5.5], [-2, 2], [-0.5, 0.5]],
    ['truncMod', 'FLOAT', [5.5, -5.5], [-2, 2], [1.5, -1.5]],
    ['pow', 'INT64', [2, -1, -1, 3, 5], [62, -3, -4, -1, 0], [2 ** 62, -1, 1, 0, 1]],
    ['pow', 'FLOAT', [1, -1, 4], [NaN, Infinity, 0.5], [1, 1, 2]],
    ['maximum', 'FLOAT', [1, NaN], [NaN, 1], [NaN, NaN]],
    ['atan2', 'DOUBLE', [1], [-1], [(3 * Math.PI) / 4]],
    ['bitAnd', 'INT64', [12], [10], [8]],
    ['bitOr', 'INT32', [12], [10], [14]],
    ['bitXor', 'BOOL', [1, 1], [1, 0], [0, 1]],
    ['xor', 'BOOL', [1, 1], [1, 0], [0, 1]],
    ['equal', 'INT64', [1, 2], [1, 3], [1, 0]],
  ])('%s of %s %j and %j', (operator, dtype, a, b, expected) => {
    expect(numbers(binary(operator, dtype)(vector(dtype, ...a), vector(dtype, ...b)))).toEqual(expected);
  });

  it('raises to huge powers without growing', () => {
    const y = { dtype: 'INT64', shape: [1], data: BigInt64Array.of(2n ** 62n) } as const;
    expect(numbers(binary('pow', 'INT64')(vector('INT64', 3), y))).toHaveLength(1);
  });

  it('names both shapes where they do not fit', () => {
    const add = (): Tensor => binary('add', 'FLOAT')(tensor('FLOAT', [2, 3], 1, 2, 3, 4, 5, 6), vector('FLOAT', 1, 2));
    expect(add).toThrow(new KernelError('Incompatible shapes: [2,3] vs. [2]'));
  });

  it('refuses operands of another dtype', () => {
    expect(() => binary('add', 'FLOAT')(vector('FLOAT', 1), vector('INT64', 1))).toThrow(KernelError);
  });
});

describe('unary', () => {
  it.each<[UnaryOperator, number, number]>([
    ['gelu', 1, 0.8413447460685429],
    ['silu', 1, 0.7310585786300049],
    ['erf', 2.6, 0.9997639655834707],
    ['erf', -7, -1],
    ['expm1', 1e-10, 1.00000000005e-10],
    ['log2', 8, 3],
    ['log10', 1000, 3],
    ['asin', 1, Math.PI / 2],
    ['softplus', 40, 40],
    ['softplus', -40, 4.248354255291589e-18],
    ['trunc', -1.5, -1],
    ['selu', -1, -1.1113307378125625],
    ['relu6', 7, 6],
  ])('%s of %d', (operator, x, expected) => {
    const [result] = numbers(unary(operator, 'DOUBLE')(vector('DOUBLE', x)));
    expect(Math.abs(result! - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
  });

  it.each<UnaryOperator>(['relu', 'relu6', 'elu', 'selu', 'sigmoid', 'softplus', 'sign', 'round', 'erf', 'gelu'])(
    '%s lets NaN through',
    (operator) => {
      expect(numbers(unary(operator, 'FLOAT')(vector('FLOAT', NaN)))).toEqual([NaN]);
    },
  );

  it('answers questions with BOOL', () => {
    const asked = unary('isInfinite', 'FLOAT')(vector('FLOAT', 1, Infinity, -Infinity, NaN));
    expect([asked.dtype, numbers(asked)]).toEqual(['BOOL', [0, 1, 1, 0]]);
  });

  it('takes the alpha of elu', () => {
    expect(numbers(eluWith(2, 'DOUBLE')(vector('DOUBLE', -1, 3)))).toEqual([2 * Math.expm1(-1), 3]);
  });
});

describe('cast', () => {
  it.each<[NumericDtype, number[], NumericDtype, number[]]>([
    ['FLOAT', [1.9, -1.9], 'INT32', [1, -1]],
    ['FLOAT', [1.9, -1.9], 'INT64', [1, -1]],
    ['DOUBLE', [NaN, 0, 0.1], 'BOOL', [1, 0, 1]],
    ['INT64', [300], 'UINT8', [44]],
    ['INT64', [2 ** 33 + 7], 'INT32', [7]],
    ['INT64', [2 ** 40], 'DOUBLE', [2 ** 40]],
    ['BOOL', [1, 0], 'FLOAT', [1, 0]],
  ])('%s %j to %s', (from, values, to, expected) => {
    const result = cast(vector(from, ...values), to);
    expect([result.dtype, numbers(result)]).toEqual([to, expected]);
  });

  it('makes the smallest integer of what is none', () => {
    expect(numbers(cast(vector('FLOAT', NaN, Infinity), 'INT64'))).toEqual([-(2 ** 63), -(2 ** 63)]);
  });
});
