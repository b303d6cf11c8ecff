// TensorFlow's operators that move elements, or ask for a shape.
import { concat, split, stack, unstack } from '../../../kernels/concat.ts';
import { gather } from '../../../kernels/gather.ts';
import { KernelError } from '../../../kernels/kernel-error.ts';
import { pad } from '../../../kernels/pad.ts';
import { expandDims, reshape, squeeze } from '../../../kernels/reshape.ts';
import { sliceShared } from '../../../kernels/slice.ts';
import { flip, transpose } from '../../../kernels/strided-copy.ts';
import { tile } from '../../../kernels/tile.ts';
import { NUMERIC } from '../../../tensor/dtype.ts';
import type { NumericDtype } from '../../../tensor/dtype.ts';
import type { NumericData, Tensor } from '../../../tensor/tensor.ts';
import { numbersOf } from '../node-view.ts';
import { ANY_NUMBER, operator, repeatable } from '../operator.ts';
import type { Operator, OperatorTable } from '../operator.ts';
import { stridedSlice } from './strided-slice.ts';

export const SHAPING: OperatorTable = {
  Reshape: repeatable(
    [1],
    operator(2, () => (inputs) => reshape(inputs[0]!, numbersOf(inputs[1]!))),
  ),
  ExpandDims: repeatable(
    [1],
    operator(2, () => (inputs) => expandDims(inputs[0]!, numbersOf(inputs[1]!)[0] ?? 0)),
  ),
  Squeeze: repeatable(
    [],
    operator(1, (node) => {
      const axes = node.ints('squeeze_dims', []);
      return (inputs) => squeeze(inputs[0]!, axes);
    }),
  ),
  Shape: operator(1, (node) => {
    const dtype = node.type('out_type', 'INT32');
    return (inputs) => whole(dtype, [inputs[0]!.shape.length], inputs[0]!.shape);
  }),
  Rank: operator(1, () => (inputs) => whole('INT32', [], [inputs[0]!.shape.length])),
  Size: operator(1, (node) => {
    const dtype = node.type('out_type', 'INT32');
    return (inputs) => whole(dtype, [], [inputs[0]!.data.length]);
  }),
  Slice: repeatable(
    [1, 2],
    operator(3, () => (inputs, allocate) => {
      const [value, begin, size] = inputs as [Tensor, Tensor, Tensor];
      return sliceShared(value, rangesOf(value, numbersOf(begin), numbersOf(size)), allocate);
    }),
  ),
  StridedSlice: stridedSlice(),
  Transpose: repeatable(
    [1],
    operator(2, () => (inputs, allocate) => transpose(inputs[0]!, numbersOf(inputs[1]!), allocate)),
  ),
  ReverseV2: operator(2, () => (inputs, allocate) => flip(inputs[0]!, numbersOf(inputs[1]!), allocate)),
  GatherV2: operator([2, 3], (node) => {
    if (node.int('batch_dims', 0) !== 0) node.refuse('batch_dims is not supported');
    return (inputs, allocate) => gather(inputs[0]!, inputs[1]!, lastNumber(inputs[2]) ?? 0, allocate);
  }),
  Gather: operator(2, (node) => {
    node.ignore('validate_indices');
    return (inputs, allocate) => gather(inputs[0]!, inputs[1]!, 0, allocate);
  }),
  Tile: operator(2, () => (inputs, allocate) => tile(inputs[0]!, numbersOf(inputs[1]!), allocate)),
  Pad: padding(),
  PadV2: padding(),
  ConcatV2: repeatable(
    [-1],
    operator([2, ANY_NUMBER], (node) => {
      node.ignore('N');
      return (inputs, allocate) => concat(inputs.slice(0, -1), lastNumber(inputs.at(-1)) ?? 0, allocate);
    }),
  ),
  Pack: repeatable(
    [],
    operator([1, ANY_NUMBER], (node) => {
      node.ignore('N');
      const axis = node.int('axis', 0);
      return (inputs, allocate) => stack(inputs, axis, allocate);
    }),
  ),
  Unpack: operator(1, (node) => {
    const axis = node.int('axis', 0);
    const count = node.int('num', 0);
    node.gives(count);
    return (inputs, allocate) => expectCount(unstack(inputs[0]!, axis, allocate), count);
  }),
  Split: operator(2, (node) => {
    const count = node.int('num_split', 1);
    node.gives(count);
    return (inputs, allocate) => {
      const [axis, value] = inputs as [Tensor, Tensor];
      const at = numbersOf(axis)[0] ?? 0;
      const dim = value.shape.at(at) ?? 0;
      if (dim % count !== 0) throw new KernelError(`${dim} elements do not split into ${count} equal parts`);
      return split(value, new Array<number>(count).fill(dim / count), at, allocate);
    };
  }),
};

function whole(dtype: NumericDtype, shape: readonly number[], values: readonly number[]): Tensor {
  const data = NUMERIC[dtype].allocate(values.length);
  values.forEach((value, i) => (data[i] = dtype === 'INT64' ? BigInt(value) : value));
  return { dtype, shape, data };
}

/** A size of -1 means up to the end. */
function rangesOf(value: Tensor, begin: readonly number[], size: readonly number[]): Parameters<typeof sliceShared>[1] {
  if (begin.length !== value.shape.length || size.length !== begin.length) {
    throw new KernelError(`begin and size need ${value.shape.length} elements each`);
  }
  return begin.map((start, d) => {
    const count = size[d] === -1 ? value.shape[d]! - start : size[d]!;
    if (count < 0) throw new KernelError(`Expected size[${d}] to be at least 0, but got ${count}`);
    return { start, count, step: 1 };
  });
}

/** A third input is the value to pad with, else 0. */
function padding(): Operator {
  return operator([2, 3], () => (inputs, allocate) => {
    const [value, borders, fill] = inputs as [Tensor, Tensor, Tensor | undefined];
    const flat = numbersOf(borders);
    const zero = value.dtype === 'INT64' ? 0n : 0;
    const pairs = value.shape.map((_, d) => [flat[2 * d] ?? 0, flat[2 * d + 1] ?? 0] as const);
    return pad(value, pairs, fill === undefined ? zero : (fill.data as NumericData)[0]!, allocate);
  });
}

function lastNumber(value: Tensor | undefined): number | undefined {
  return value === undefined ? undefined : numbersOf(value)[0];
}

function expectCount(parts: readonly Tensor[], count: number): readonly Tensor[] {
  if (parts.length !== count) throw new KernelError(`expected ${count} parts, got ${parts.length}`);
  return parts;
}
