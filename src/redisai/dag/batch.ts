// Stacks the inputs of several runs along the first dimension, and cuts the outputs apart again.
import { NUMERIC } from '../tensor/dtype.ts';
import { elementCount } from '../tensor/shape.ts';
import type { NumericData, Tensor } from '../tensor/tensor.ts';

/** The first dimension, where all inputs share it; undefined where they do not. */
export function rowsOf(inputs: readonly Tensor[]): number | undefined {
  const rows = inputs[0]?.shape[0];
  return rows !== undefined && inputs.every(({ shape }) => shape[0] === rows) ? rows : undefined;
}

/** True if two runs differ in nothing but their rows. */
export function canStack(a: readonly Tensor[], b: readonly Tensor[]): boolean {
  if (rowsOf(a) === undefined || rowsOf(b) === undefined) return false;
  return a.every((tensor, i) => {
    const other = b[i]!;
    return tensor.dtype !== 'STRING' && tensor.dtype === other.dtype && sameBeyondRows(tensor.shape, other.shape);
  });
}

function sameBeyondRows(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dim, i) => i === 0 || dim === b[i]);
}

/** Input by input, the tensors of all runs one under the other. */
export function stackRows(runs: readonly (readonly Tensor[])[]): Tensor[] {
  return runs[0]!.map((_, input) => stackTensors(runs.map((inputs) => inputs[input]!)));
}

function stackTensors(tensors: readonly Tensor[]): Tensor {
  const { dtype, shape } = tensors[0]!;
  if (dtype === 'STRING') throw new TypeError('tensors of strings are never stacked');
  const rows = tensors.reduce((sum, tensor) => sum + tensor.shape[0]!, 0);
  const stacked = [rows, ...shape.slice(1)];
  const data = NUMERIC[dtype].allocate(elementCount(stacked));
  let at = 0;
  for (const tensor of tensors) {
    const part = tensor.data as NumericData;
    // Both are of the array type of their common dtype.
    (data as Float32Array).set(part as Float32Array, at);
    at += part.length;
  }
  return { dtype, shape: stacked, data };
}

/** The outputs of each run; undefined if the model did not keep the rows apart, so that they cannot be told. */
export function splitRows(outputs: readonly Tensor[], rows: readonly number[]): Tensor[][] | undefined {
  const total = rows.reduce((sum, count) => sum + count, 0);
  if (!outputs.every((tensor) => tensor.dtype !== 'STRING' && tensor.shape[0] === total)) return undefined;
  let from = 0;
  return rows.map((count) => {
    const part = outputs.map((tensor) => rowRange(tensor, from, from + count));
    from += count;
    return part;
  });
}

function rowRange({ dtype, shape, data }: Tensor, from: number, to: number): Tensor {
  const beyond = shape.slice(1);
  const step = elementCount(beyond);
  return { dtype, shape: [to - from, ...beyond], data: (data as NumericData).slice(from * step, to * step) };
}
