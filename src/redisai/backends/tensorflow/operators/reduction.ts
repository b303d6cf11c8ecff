// TensorFlow's operators that fold axes, or ask for an order along one.
import { cumprod, cumsum } from '../../../kernels/cumulative.ts';
import { argExtreme, sortAlong } from '../../../kernels/order.ts';
import { reduce } from '../../../kernels/reduce.ts';
import type { ReduceOperator } from '../../../kernels/reduce.ts';
import type { Tensor } from '../../../tensor/tensor.ts';
import { numbersOf } from '../node-view.ts';
import type { NodeView } from '../node-view.ts';
import { operator, repeatable } from '../operator.ts';
import type { Kernel, Operator, OperatorTable } from '../operator.ts';

function fold(name: ReduceOperator): Operator {
  const rule = operator(2, (node) => {
    const keepDims = node.bool('keep_dims', false);
    return (inputs, allocate) => reduce(name, inputs[0]!, numbersOf(inputs[1]!), keepDims, allocate);
  });
  return repeatable([1], rule);
}

function arg(which: 'max' | 'min'): Operator {
  return operator(2, (node) => {
    const dtype = node.type('output_type', 'INT64');
    if (dtype !== 'INT32' && dtype !== 'INT64') return node.refuse(`output_type ${dtype} is not supported`);
    return (inputs, allocate) => argExtreme(which, inputs[0]!, scalarOf(inputs[1]!), dtype, allocate);
  });
}

function runningOver(kernel: typeof cumsum): Operator {
  return operator(2, (node) => {
    const options = { exclusive: node.bool('exclusive', false), reverse: node.bool('reverse', false) };
    return (inputs, allocate) => kernel(inputs[0]!, scalarOf(inputs[1]!), options, allocate);
  });
}

export const REDUCTION: OperatorTable = {
  Sum: fold('sum'),
  Mean: fold('mean'),
  Max: fold('max'),
  Min: fold('min'),
  Prod: fold('prod'),
  Any: fold('any'),
  All: fold('all'),
  ArgMax: arg('max'),
  ArgMin: arg('min'),
  Cumsum: runningOver(cumsum),
  Cumprod: runningOver(cumprod),
  TopK: operator(1, (node) => topK(node, node.int('k', 0))),
  TopKV2: operator(2, (node) => topK(node, undefined)),
};

/** @param k undefined where it is the second input */
function topK(node: NodeView, k: number | undefined): Kernel {
  node.ignore('sorted');
  const dtype = node.type('index_type', 'INT32') === 'INT64' ? 'INT64' : 'INT32';
  node.gives(2);
  return (inputs, allocate) => {
    const { values, indices } = sortAlong(inputs[0]!, -1, true, k ?? scalarOf(inputs[1]!), dtype, allocate);
    return [values, indices];
  };
}

function scalarOf(value: Tensor): number {
  return numbersOf(value)[0] ?? 0;
}
