// Every operator against TensorFlow itself: graphs, inputs and results were made by fixtures/make-tensorflow-operators.py.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadTensorFlowModel } from '../../../../src/redisai/backends/tensorflow/load-tensorflow.ts';
import { OPERATORS } from '../../../../src/redisai/backends/tensorflow/operators.ts';
import { tensorFromBlob } from '../../../../src/redisai/tensor/blob.ts';
import type { Dtype, NumericData, Tensor } from '../../../../src/redisai/tensor/tensor.ts';

interface RecordedTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: string;
}

interface RecordedCase {
  readonly name: string;
  readonly graph: string;
  readonly inputs: readonly RecordedTensor[];
  readonly output: RecordedTensor;
}

const CASES = JSON.parse(
  readFileSync(new URL('fixtures/tensorflow-operators.json', import.meta.url), 'utf8'),
) as RecordedCase[];

/** NumPy's names of dtypes. */
const DTYPES: Readonly<Record<string, Dtype>> = {
  float32: 'FLOAT',
  float64: 'DOUBLE',
  int32: 'INT32',
  int64: 'INT64',
  uint8: 'UINT8',
  bool: 'BOOL',
};

function tensorOf({ dtype, shape, bytes }: RecordedTensor): Tensor {
  return tensorFromBlob(DTYPES[dtype]!, shape, Buffer.from(bytes, 'base64'));
}

/** The same elements, the last one first. */
function turnedRound(value: Tensor): Tensor {
  return { ...value, data: (value.data as NumericData).slice().reverse() };
}

function run({ graph, inputs }: RecordedCase): Tensor {
  const model = loadTensorFlowModel({
    backend: 'TF',
    blob: Buffer.from(graph, 'base64'),
    inputs: inputs.map((_, i) => `x${i}`),
    outputs: ['y'],
  });
  const tensors = inputs.map(tensorOf);
  const first = model.run(tensors) as Tensor[];
  const second = model.run(tensors) as Tensor[];
  expect(second, 'a second run gives the same').toEqual(first);
  void model.run(tensors.map(turnedRound));
  expect(model.run(tensors), 'a run after one on other numbers gives the same').toEqual(first);
  return first[0]!;
}

/**
 * Largest difference, relative to the expected number, or to a tenth of the largest in the tensor: where a sum nearly cancels,
 * TensorFlow's own rounding is as large as its terms make it.
 */
function worstDifference(actual: NumericData, expected: NumericData): number {
  const numbers = Array.from<number | bigint, number>(expected, Number);
  const floor = 0.1 * Math.max(...numbers.map(Math.abs).filter(Number.isFinite), 1e-30);
  return Math.max(0, ...numbers.map((x, i) => differenceOf(Number(actual[i]), x, floor)));
}

function differenceOf(actual: number, expected: number, floor: number): number {
  return Object.is(actual, expected) || actual === expected
    ? 0
    : Math.abs(actual - expected) / Math.max(Math.abs(expected), floor);
}

/** The name of an operator as it stands in a NodeDef: field 2, its length, its text. */
function opField(op: string): string {
  return `\x12${String.fromCharCode(op.length)}${op}`;
}

describe('TensorFlow operators', () => {
  it.each(CASES.map((recorded) => [recorded.name, recorded] as const))('%s', (_, recorded) => {
    const expected = tensorOf(recorded.output);
    const actual = run(recorded);
    expect({ dtype: actual.dtype, shape: actual.shape }).toEqual({ dtype: expected.dtype, shape: expected.shape });
    const real = expected.dtype === 'FLOAT' || expected.dtype === 'DOUBLE';
    if (real) expect(worstDifference(actual.data as NumericData, expected.data as NumericData)).toBeLessThan(1e-6);
    else expect(actual.data).toEqual(expected.data);
  });

  it('are all tried above', () => {
    const tried = CASES.map(({ graph }) => Buffer.from(graph, 'base64').toString('latin1')).join('\n');
    /** Older spellings that today's TensorFlow no longer writes, each the same rule as a newer one; and random numbers. */
    const elsewhere = new Set(['BatchMatMul', 'FusedBatchNorm', 'FusedBatchNormV2', 'Gather', 'TopK', 'RandomUniform']);
    const untried = [...OPERATORS.keys()].filter((op) => !elsewhere.has(op) && !tried.includes(opField(op)));
    expect(untried).toEqual([]);
  });
});
