// What neural networks are made of, beside products and activations.
import { logSoftmax, softmax } from '../../../kernels/softmax.ts';
import { oneHot } from '../../../kernels/fill.ts';
import { pad } from '../../../kernels/pad.ts';
import { reduce } from '../../../kernels/reduce.ts';
import { NUMERIC } from '../../../tensor/dtype.ts';
import { elementCount } from '../../../tensor/shape.ts';
import type { NumericData, Tensor } from '../../../tensor/tensor.ts';
import { ScriptError } from '../../script.ts';
import type { Scalar } from '../numbers.ts';
import { operator, type Operator } from '../operator.ts';
import { room } from './memory.ts';
import { asTensor, elementOf, numericDtype } from './promotion.ts';
import { dimensionOf } from './shape.ts';
import { dtypeOf } from './torch-dtype.ts';

function softmaxOf(kernel: typeof softmax): (value: Tensor, dim: number, dtype: number | null) => Tensor {
  return (value, dim, dtype) => {
    const type = dtype === null ? numericDtype(value) : dtypeOf(dtype);
    if (NUMERIC[type].kind !== 'real') throw new ScriptError(`softmax is not implemented for ${type} tensors`);
    return kernel(asTensor(value, type), dimensionOf(dim, value.shape.length), room);
  };
}

/** torch.nn.functional has an argument for warnings before the dtype, and a dimension that may be left out. */
function functionalSoftmax(
  kernel: typeof softmax,
): (value: Tensor, dim: number | null, level: number, dtype: number | null) => Tensor {
  const run = softmaxOf(kernel);
  return (value, dim, _, dtype) => run(value, dim ?? ([0, 1, 3].includes(value.shape.length) ? 0 : 1), dtype);
}

function oneHotOf(value: Tensor, classes: number): Tensor {
  if (value.dtype !== 'INT64') throw new ScriptError('one_hot is only applicable to index tensor.');
  const largest = (value.data as BigInt64Array).reduce((max, x) => (x > max ? x : max), -1n);
  if ((value.data as BigInt64Array).some((x) => x < 0n)) throw new ScriptError('Class values must be non-negative.');
  const depth = classes < 0 ? Number(largest) + 1 : classes;
  if (largest >= BigInt(depth)) throw new ScriptError('Class values must be smaller than num_classes.');
  return oneHot(value, depth, 1n, 0n, -1, 'INT64', room);
}

/** The padding lists its pairs from the last dimension forwards. */
function padded(value: Tensor, padding: readonly number[], mode: string, fill: number | null): Tensor {
  if (mode !== 'constant') throw new ScriptError(`pad: only the mode 'constant' is supported, not '${mode}'`);
  if (padding.length % 2 !== 0 || padding.length / 2 > value.shape.length)
    throw new ScriptError('Padding length must be divisible by 2 and at most twice the number of dimensions');
  const pairs = value.shape.map((_, d): [number, number] => {
    const at = (value.shape.length - 1 - d) * 2;
    return [padding[at] ?? 0, padding[at + 1] ?? 0];
  });
  if (pairs.flat().some((size) => size < 0)) throw new ScriptError('pad: negative sizes are not supported');
  return pad(value, pairs, elementOf(fill ?? 0, numericDtype(value)), room);
}

function normalize(value: Tensor, p: number, dim: number, eps: number): Tensor {
  const x = asTensor(value, 'DOUBLE');
  const at = dimensionOf(dim, value.shape.length);
  const powers = { ...x, data: (x.data as Float64Array).map((each) => Math.abs(each) ** p) };
  const sums = reduce('sum', powers, [at], true, room).data as NumericData;
  const inner = elementCount(value.shape.slice(at + 1));
  const size = value.shape[at] ?? 1;
  const out = room(numericDtype(value), x.data.length);
  for (let i = 0; i < out.length; i++) {
    const line = Math.floor(i / (size * inner)) * inner + (i % inner);
    out[i] = (x.data[i] as number) / Math.max(Number(sums[line]) ** (1 / p), eps);
  }
  return { dtype: value.dtype, shape: value.shape, data: out };
}

/** Over the last dimensions, which are those of `shape`. */
function layerNorm(
  value: Tensor,
  shape: readonly number[],
  weight: Tensor | null,
  bias: Tensor | null,
  eps: number,
): Tensor {
  if (value.shape.slice(-shape.length).join() !== shape.join())
    throw new ScriptError(`layer_norm: expected input with shape [*, ${shape.join(', ')}]`);
  const size = elementCount(shape);
  const x = value.data as Float64Array;
  const out = room(numericDtype(value), x.length);
  for (let from = 0; from < x.length; from += size) {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += x[from + i]!;
    const mean = sum / size;
    let squares = 0;
    for (let i = 0; i < size; i++) squares += (x[from + i]! - mean) ** 2;
    const scale = 1 / Math.sqrt(squares / size + eps);
    for (let i = 0; i < size; i++)
      out[from + i] = (x[from + i]! - mean) * scale * numberAt(weight, i, 1) + numberAt(bias, i, 0);
  }
  return { dtype: value.dtype, shape: value.shape, data: out };
}

const numberAt = (value: Tensor | null, i: number, otherwise: number): number =>
  value === null ? otherwise : Number(value.data[i]);

/** Dimension 1 holds the channels. Only with the running statistics: this engine trains nothing. */
function batchNorm(
  value: Tensor,
  weight: Tensor | null,
  bias: Tensor | null,
  mean: Tensor | null,
  variance: Tensor | null,
  training: boolean,
  eps: number,
): Tensor {
  if (training || mean === null || variance === null)
    throw new ScriptError('batch_norm in training mode is not supported');
  const channels = value.shape[1] ?? 1;
  if (mean.data.length !== channels)
    throw new ScriptError(`running_mean should contain ${channels} elements not ${mean.data.length}`);
  const inner = elementCount(value.shape.slice(2));
  const x = value.data as Float64Array;
  const out = room(numericDtype(value), x.length);
  for (let i = 0; i < x.length; i++) {
    const c = Math.floor(i / inner) % channels;
    const scaled = (x[i]! - Number(mean.data[c])) / Math.sqrt(Number(variance.data[c]) + eps);
    out[i] = scaled * numberAt(weight, c, 1) + numberAt(bias, c, 0);
  }
  return { dtype: value.dtype, shape: value.shape, data: out };
}

/** Outside training the same tensor. */
function dropout(value: Tensor, _p: number, training: boolean): Tensor {
  if (training) throw new ScriptError('dropout in training mode is not supported');
  return value;
}

export const NEURAL: readonly Operator[] = [
  operator('softmax(Tensor self, int dim, int? dtype=None) -> Tensor', softmaxOf(softmax)),
  operator('log_softmax(Tensor self, int dim, int? dtype=None) -> Tensor', softmaxOf(logSoftmax)),
  operator(
    'functional::softmax(Tensor self, int? dim=None, int _stacklevel=3, int? dtype=None) -> Tensor',
    functionalSoftmax(softmax),
  ),
  operator(
    'functional::log_softmax(Tensor self, int? dim=None, int _stacklevel=3, int? dtype=None) -> Tensor',
    functionalSoftmax(logSoftmax),
  ),
  operator('one_hot(Tensor self, int num_classes=-1) -> Tensor', oneHotOf),
  operator("pad(Tensor self, int[] pad, str mode='constant', float? value=None) -> Tensor", padded),
  operator(
    'constant_pad_nd(Tensor self, int[] pad, Scalar value=0) -> Tensor',
    (value: Tensor, padding: readonly number[], fill: Scalar) => padded(value, padding, 'constant', fill.value),
  ),
  operator('normalize(Tensor self, float p=2.0, int dim=1, float eps=1e-12) -> Tensor', normalize),
  operator(
    'layer_norm(Tensor self, int[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enable=True) -> Tensor',
    layerNorm,
  ),
  operator(
    'batch_norm(Tensor self, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps, bool cudnn_enabled) -> Tensor',
    (
      v: Tensor,
      w: Tensor | null,
      b: Tensor | null,
      m: Tensor | null,
      s: Tensor | null,
      training: boolean,
      _: number,
      eps: number,
    ) => batchNorm(v, w, b, m, s, training, eps),
  ),
  operator(
    'functional::batch_norm(Tensor self, Tensor? running_mean, Tensor? running_var, Tensor? weight=None, Tensor? bias=None, bool training=False, float momentum=0.1, float eps=1e-05) -> Tensor',
    (
      v: Tensor,
      m: Tensor | null,
      s: Tensor | null,
      w: Tensor | null,
      b: Tensor | null,
      training: boolean,
      _: number,
      eps: number,
    ) => batchNorm(v, w, b, m, s, training, eps),
  ),
  operator('dropout(Tensor self, float p, bool train) -> Tensor', dropout),
  operator('dropout_(Tensor self, float p, bool train) -> Tensor', dropout),
  operator('functional::dropout(Tensor self, float p=0.5, bool training=True, bool inplace=False) -> Tensor', dropout),
];
