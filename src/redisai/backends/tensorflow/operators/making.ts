// TensorFlow's operators that make tensors out of shapes and numbers.
import { fill, oneHot, randomUniform, range } from '../../../kernels/fill.ts';
import type { NumericDtype } from '../../../tensor/dtype.ts';
import type { NumericData, Tensor } from '../../../tensor/tensor.ts';
import { numbersOf } from '../node-view.ts';
import { operator, randomOperator } from '../operator.ts';
import type { Operator, OperatorTable } from '../operator.ts';

function filledLike(value: 0 | 1): Operator {
  return operator(1, () => (inputs, allocate) => {
    const { dtype, shape } = inputs[0]!;
    return fill(dtype as NumericDtype, shape, dtype === 'INT64' ? BigInt(value) : value, allocate);
  });
}

export const MAKING: OperatorTable = {
  Fill: operator(2, () => (inputs, allocate) => {
    const [shape, value] = inputs as [Tensor, Tensor];
    return fill(value.dtype as NumericDtype, numbersOf(shape), firstOf(value), allocate);
  }),
  ZerosLike: filledLike(0),
  OnesLike: filledLike(1),
  Range: operator(3, () => (inputs, allocate) => {
    const [start, stop, step] = inputs.map((value) => Number(firstOf(value))) as [number, number, number];
    return range(inputs[0]!.dtype as NumericDtype, start, stop, step, allocate);
  }),
  OneHot: operator(4, (node) => {
    const axis = node.int('axis', -1);
    return (inputs, allocate) => {
      const [indices, depth, on, off] = inputs as [Tensor, Tensor, Tensor, Tensor];
      const dtype = on.dtype as NumericDtype;
      return oneHot(indices, Number(firstOf(depth)), firstOf(on), firstOf(off), axis, dtype, allocate);
    };
  }),
  // A seed does not make TensorFlow repeat itself from run to run either.
  RandomUniform: randomOperator(1, (node) => {
    node.ignore('seed', 'seed2');
    const dtype = node.real('dtype');
    return (inputs, allocate) => randomUniform(dtype, numbersOf(inputs[0]!), allocate);
  }),
};

function firstOf(value: Tensor): number | bigint {
  return (value.data as NumericData)[0] ?? 0;
}
