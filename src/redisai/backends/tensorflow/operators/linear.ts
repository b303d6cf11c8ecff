// TensorFlow's matrix products and what stands round them in a layer.
import { batchNorm } from '../../../kernels/batch-norm.ts';
import { binary } from '../../../kernels/elementwise-binary.ts';
import { KernelError, shapeText } from '../../../kernels/kernel-error.ts';
import { matmul, matmulPacked, packColumns } from '../../../kernels/matmul.ts';
import { logSoftmax, softmax } from '../../../kernels/softmax.ts';
import { transpose } from '../../../kernels/strided-copy.ts';
import type { Allocate } from '../../../kernels/allocate.ts';
import type { Tensor } from '../../../tensor/tensor.ts';
import type { NodeView } from '../node-view.ts';
import { operator, repeatable } from '../operator.ts';
import type { Kernel, Operator, OperatorTable } from '../operator.ts';

export const LINEAR: OperatorTable = {
  // Constant weights: with others, each run packs them anew.
  MatMul: repeatable(
    [1],
    operator(2, (node) => {
      node.ignore('grad_a', 'grad_b');
      return matrixProduct(node, node.bool('transpose_a', false), node.bool('transpose_b', false), true);
    }),
  ),
  BatchMatMul: batched(),
  BatchMatMulV2: batched(),
  BiasAdd: repeatable(
    [],
    operator(2, (node) => {
      node.only('data_format', 'NHWC');
      const add = binary('add', node.type('T'));
      return (inputs, allocate) => {
        const [value, bias] = inputs as [Tensor, Tensor];
        checkBias(value, bias);
        return add(value, bias, allocate);
      };
    }),
  ),
  Softmax: repeatable(
    [],
    operator(1, () => (inputs, allocate) => softmax(inputs[0]!, -1, allocate)),
  ),
  LogSoftmax: repeatable(
    [],
    operator(1, () => (inputs, allocate) => logSoftmax(inputs[0]!, -1, allocate)),
  ),
  FusedBatchNorm: fusedBatchNorm(5),
  FusedBatchNormV2: fusedBatchNorm(5),
  FusedBatchNormV3: fusedBatchNorm(6),
};

function batched(): Operator {
  return operator(2, (node) => {
    node.ignore('grad_x', 'grad_y');
    return matrixProduct(node, node.bool('adj_x', false), node.bool('adj_y', false), false);
  });
}

/** A constant right operand is packed once, here. */
function matrixProduct(node: NodeView, transposeA: boolean, transposeB: boolean, matricesOnly: boolean): Kernel {
  const weights = node.constant(1);
  node.type('T');
  if (weights?.shape.length !== 2 || (weights.dtype !== 'FLOAT' && weights.dtype !== 'DOUBLE') || !matricesOnly) {
    node.costs(undefined);
    return (inputs, allocate) => {
      inputs.forEach((value, i) => checkMatrix(value, i, matricesOnly));
      return matmul(turn(inputs[0]!, transposeA, allocate), turn(inputs[1]!, transposeB, allocate), allocate);
    };
  }
  const packed = packColumns(weights, transposeB);
  node.costs(2 * weights.data.length);
  if (!transposeA) return (inputs, allocate) => matmulPacked(inputs[0]!, packed, allocate);
  return (inputs, allocate) => {
    checkMatrix(inputs[0]!, 0, true);
    return matmulPacked(turn(inputs[0]!, true, allocate), packed, allocate);
  };
}

function checkMatrix(value: Tensor, which: number, matricesOnly: boolean): void {
  const rank = value.shape.length;
  if (rank < 2 || (matricesOnly && rank > 2)) throw new KernelError(`In[${which}] is not a matrix`);
}

/** Changes the last two dimensions round. */
function turn(value: Tensor, wanted: boolean, allocate: Allocate): Tensor {
  if (!wanted) return value;
  const order = [...value.shape.keys()];
  return transpose(value, [...order.slice(0, -2), order.at(-1)!, order.at(-2)!], allocate);
}

function checkBias(value: Tensor, bias: Tensor): void {
  if (value.shape.length < 2) throw new KernelError(`Input tensor must be at least 2D: ${shapeText(value.shape)}`);
  if (bias.shape.length !== 1) throw new KernelError(`Biases must be 1D: ${shapeText(bias.shape)}`);
  if (bias.shape[0] !== value.shape.at(-1)) {
    throw new KernelError(
      'Must provide as many biases as the last dimension of the input tensor: ' +
        `${shapeText(bias.shape)} vs. ${shapeText(value.shape)}`,
    );
  }
}

/** With the statistics of training; the further outputs serve training only and repeat them. */
function fusedBatchNorm(outputs: number): Operator {
  return operator(5, (node) => {
    node.only('data_format', 'NHWC');
    if (node.bool('is_training', true)) node.refuse('is_training = true is not supported');
    node.ignore('exponential_avg_factor');
    const epsilon = node.float('epsilon', 0.0001);
    node.gives(outputs);
    return (inputs, allocate) => {
      const [value, scale, offset, mean, variance] = inputs as [Tensor, Tensor, Tensor, Tensor, Tensor];
      const result = batchNorm(value, { scale, offset, mean, variance, epsilon }, allocate);
      return [result, mean, variance, mean, variance, variance].slice(0, outputs);
    };
  });
}
