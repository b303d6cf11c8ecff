// A model that is run again and again on the same shapes is written out as one function: its results must not change by a bit.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RunnableModel } from '../../../../src/redisai/backends/model.ts';
import { loadTensorFlowModel } from '../../../../src/redisai/backends/tensorflow/load-tensorflow.ts';
import type { Tensor } from '../../../../src/redisai/tensor/tensor.ts';
import { attribute, FLOAT, graph, INT32, node, placeholder } from '../../../helpers/graph-writer.ts';

/** More than the runs after which a model is written out. */
const OFTEN = 250;

function load(blob: Uint8Array, inputs: readonly string[], output: string): RunnableModel {
  return loadTensorFlowModel({ backend: 'TF', blob, inputs, outputs: [output] });
}

/** Numbers that are the same in every run of the test, of both signs, with a NaN and an infinity among many. */
function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    if (count > 50 && i === (seed * 7) % count) return NaN;
    if (count > 50 && i === (seed * 13) % count) return -Infinity;
    return 5 * Math.sin(seed * 131 + i * 17);
  });
}

const tensor = (shape: readonly number[], seed: number): Tensor => ({
  dtype: 'FLOAT',
  shape,
  data: numbers(
    shape.reduce((product, dim) => product * dim, 1),
    seed,
  ),
});

const bits = ([result]: readonly Tensor[]): number[] => [
  ...new Uint32Array((result!.data as Float32Array).slice().buffer),
];

/** The same inputs given to a model that has never run and to one that has run often on others of their shapes. */
function compare(make: () => RunnableModel, shapes: readonly (readonly number[])[]): void {
  const often = make();
  for (let run = 0; run < OFTEN; run += 1) {
    void often.run(shapes.map((shape, i) => tensor(shape, 10 * run + i)));
  }
  for (let run = 0; run < 5; run += 1) {
    const inputs = shapes.map((shape, i) => tensor(shape, 1000 * run + i));
    expect(bits(often.run(inputs) as Tensor[])).toEqual(bits(make().run(inputs) as Tensor[]));
  }
}

/** A constant whose numbers differ: an identity times itself would hide a wrong order. */
const weights = (name: string, shape: readonly [number, number], seed: number): Uint8Array =>
  node(name, 'Const', [], {
    dtype: attribute.type(FLOAT),
    value: attribute.content(FLOAT, shape, Buffer.from(numbers(shape[0] * shape[1], seed).buffer)),
  });

const T = { T: attribute.type(FLOAT) };

describe('a model that has run often gives to the bit what it gave at first', () => {
  it.each([
    ['model', 1],
    ['model', 2],
    ['model', 3],
    ['model', 5],
    ['challenger', 1],
  ])('the fraud detection %s, %i rows', (name, rows) => {
    const blob = readFileSync(new URL(`../../../../models/fraud_detection_${name}.pb`, import.meta.url));
    compare(
      () => load(blob, ['transaction', 'reference'], 'output'),
      [
        [rows, 30],
        [1, 256],
      ],
    );
  });

  it.each([1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31])('a product with %i columns', (columns) => {
    const model = graph(placeholder('x'), weights('w', [13, columns], 3), node('y', 'MatMul', ['x', 'w'], T));
    const most = columns === 1 ? [7, 8, 15, 65] : [];
    for (const rows of [1, 2, 3, 4, ...most]) compare(() => load(model, ['x'], 'y'), [[rows, 13]]);
  });

  it.each([
    [1, 2],
    [3, 8],
    [2, 9],
  ])('a softmax of %i rows of %i', (rows, columns) => {
    const model = graph(placeholder('x'), node('y', 'Softmax', ['x'], T));
    compare(() => load(model, ['x'], 'y'), [[rows, columns]]);
  });

  it.each([
    ['as many numbers', [1, 6], [1, 6]],
    ['a row for each of several', [4, 6], [6]],
    ['a row of as many dimensions for each of several', [4, 6], [1, 6]],
    ['a row that stands for several on either side', [3, 1, 6], [2, 6]],
    ['several rows on the left of one', [6], [4, 6]],
    ['one number beside a row', [1, 1], [1, 6]],
    ['a scalar', [3, 6], []],
    ['a column beside rows', [4, 1], [4, 6]],
    ['one number of more dimensions', [1, 1, 1], [6]],
  ])('element by element: %s', (_name, a, b) => {
    const model = graph(
      placeholder('a'),
      placeholder('b'),
      node('max', 'Maximum', ['a', 'b'], T),
      node('sum', 'Add', ['max', 'b'], T),
      node('sine', 'Sin', ['sum'], T),
      node('y', 'Relu', ['sine'], T),
    );
    compare(() => load(model, ['a', 'b'], 'y'), [a, b]);
  });

  const int = (name: string, ...values: number[]): Uint8Array =>
    node(name, 'Const', [], {
      dtype: attribute.type(INT32),
      value: attribute.content(
        INT32,
        values.length === 1 ? [] : [values.length],
        Buffer.from(Int32Array.from(values).buffer),
      ),
    });
  const slicing = { ...T, Index: attribute.type(INT32) };

  it('parts cut out and put together', () => {
    const model = graph(
      placeholder('x'),
      int('from', 0, 3),
      int('size', -1, 2),
      int('axis', 1),
      node('part', 'Slice', ['x', 'from', 'size'], slicing),
      node('y', 'ConcatV2', ['part', 'x', 'part', 'axis'], { ...T, N: attribute.int(3), Tidx: attribute.type(INT32) }),
    );
    for (const rows of [1, 3]) compare(() => load(model, ['x'], 'y'), [[rows, 7]]);
  });

  it('a part that shares its memory with the whole, read in a loop as long as the one that makes the whole', () => {
    const model = graph(
      placeholder('a'),
      placeholder('b'),
      int('from', 0, 4),
      int('size', 1, 2),
      node('whole', 'Sin', ['a'], T),
      node('part', 'Slice', ['whole', 'from', 'size'], slicing),
      node('y', 'Add', ['b', 'part'], T),
    );
    compare(
      () => load(model, ['a', 'b'], 'y'),
      [
        [1, 6],
        [3, 2],
      ],
    );
  });

  it.each([
    ['rows', [1, 0, 0], [2, 2, 3]],
    ['a part of one row', [2, 1, 1], [1, 1, 2]],
    ['columns', [0, 0, 1], [3, 2, 1]],
    ['rows of columns', [1, 0, 0], [2, 1, 3]],
    ['nothing', [0, 1, 0], [3, 0, 3]],
  ])('what a slice takes: %s', (_name, from, size) => {
    const model = graph(
      placeholder('x'),
      int('from', ...from),
      int('size', ...size),
      node('y', 'Slice', ['x', 'from', 'size'], slicing),
    );
    compare(() => load(model, ['x'], 'y'), [[3, 2, 3]]);
    const [taken] = load(model, ['x'], 'y').run([tensor([3, 2, 3], 1)]) as [Tensor];
    const whole = numbers(18, 1);
    const expected: number[] = [];
    const range = (d: number): number[] => Array.from({ length: size[d]! }, (_, i) => from[d]! + i);
    for (const i of range(0))
      for (const j of range(1)) for (const k of range(2)) expected.push(whole[6 * i + 3 * j + k]!);
    expect([...(taken.data as Float32Array)]).toEqual(expected);
  });
});
