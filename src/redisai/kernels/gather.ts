// Picking slices by index.
import type { NumericDtype } from '../tensor/dtype.ts';
import { elementCount } from '../tensor/shape.ts';
import type { NumericData, Tensor } from '../tensor/tensor.ts';
import { allocateFresh } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import { axisOf, splitAt } from './axes.ts';
import { KernelError } from './kernel-error.ts';

/** Replaces dimension `axis` by the dimensions of `indices`: result[…, i…, …] = value[…, indices[i…], …]. */
export function gather(value: Tensor, indices: Tensor, axis: number, allocate: Allocate = allocateFresh): Tensor {
  const at = axisOf(axis, value.shape.length);
  const { outer, dim, inner } = splitAt(value.shape, at);
  const shape = value.shape.toSpliced(at, 1, ...indices.shape);
  const dtype = value.dtype as NumericDtype;
  const out = allocate(dtype, elementCount(shape));
  const from = value.data as NumericData;
  const picked = Array.from<number | bigint, number>(indices.data as NumericData, (index) =>
    checkedIndex(Number(index), dim),
  );
  let to = 0;
  for (let o = 0; o < outer; o += 1) {
    for (const index of picked) {
      for (let i = 0, p = (o * dim + index) * inner; i < inner; i += 1, to += 1) out[to] = from[p + i]!;
    }
  }
  return { dtype, shape, data: out };
}

function checkedIndex(index: number, dim: number): number {
  if (index < 0 || index >= dim) throw new KernelError(`index ${index} is not in [0, ${dim})`);
  return index;
}
