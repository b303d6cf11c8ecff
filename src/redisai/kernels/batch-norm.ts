// Batch normalisation with the statistics of training, over the last dimension.
import type { NumericDtype } from '../tensor/dtype.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { allocateFresh } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import { KernelError } from './kernel-error.ts';

type RealData = Float32Array | Float64Array;

export interface BatchNormParameters {
  readonly scale: Tensor;
  readonly offset: Tensor;
  readonly mean: Tensor;
  readonly variance: Tensor;
  readonly epsilon: number;
}

/** (x − mean) / √(variance + epsilon) · scale + offset, each channel with its own. */
export function batchNorm(value: Tensor, parameters: BatchNormParameters, allocate: Allocate = allocateFresh): Tensor {
  const channels = value.shape.at(-1) ?? 0;
  const read = (parameter: Tensor): RealData => {
    if (parameter.data.length !== channels) throw new KernelError(`expected parameters of ${channels} elements`);
    return parameter.data as RealData;
  };
  const [scale, offset, mean, variance] = [
    parameters.scale,
    parameters.offset,
    parameters.mean,
    parameters.variance,
  ].map(read);
  const factor = Float64Array.from(scale!, (s, c) => s / Math.sqrt(variance![c]! + parameters.epsilon));
  const x = value.data as RealData;
  const dtype = value.dtype as NumericDtype;
  const out = allocate(dtype, x.length);
  for (let at = 0; at < x.length; at += channels) {
    for (let c = 0; c < channels; c += 1) out[at + c] = (x[at + c]! - mean![c]!) * factor[c]! + offset![c]!;
  }
  return { dtype, shape: value.shape, data: out };
}
