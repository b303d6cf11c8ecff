// The same elements in another shape: nothing is copied.
import { elementCount } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { axisOf } from './axes.ts';
import { KernelError } from './kernel-error.ts';

/** One dimension may be -1: what is left. */
export function reshape(value: Tensor, shape: readonly number[]): Tensor {
  return { dtype: value.dtype, shape: resolveShape(elementCount(value.shape), shape), data: value.data };
}

function resolveShape(count: number, wanted: readonly number[]): readonly number[] {
  const open = wanted.indexOf(-1);
  const known = elementCount(wanted.filter((dim) => dim !== -1));
  const fits = open === -1 ? known === count : known !== 0 && count % known === 0 && wanted.lastIndexOf(-1) === open;
  if (!fits || wanted.some((dim) => dim < -1)) {
    const told = open === -1 ? `has ${known}` : `requires a multiple of ${known}`;
    throw new KernelError(`Input to reshape is a tensor with ${count} values, but the requested shape ${told}`);
  }
  return open === -1 ? wanted : wanted.map((dim) => (dim === -1 ? count / known : dim));
}

/** Drops the given dimensions of 1; all of them when none is given. */
export function squeeze(value: Tensor, axes: readonly number[]): Tensor {
  const { shape } = value;
  const drop = new Set(axes.map((axis) => axisOf(axis, shape.length)));
  for (const axis of drop) {
    if (shape[axis] !== 1)
      throw new KernelError(`Can not squeeze dim[${axis}], expected a dimension of 1, got ${shape[axis]!}`);
  }
  const kept = shape.filter((dim, d) => (axes.length === 0 ? dim !== 1 : !drop.has(d)));
  return { dtype: value.dtype, shape: kept, data: value.data };
}

/** Puts a dimension of 1 before dimension `axis` (-1: at the end). */
export function expandDims(value: Tensor, axis: number): Tensor {
  const at = axisOf(axis, value.shape.length + 1);
  return { dtype: value.dtype, shape: value.shape.toSpliced(at, 0, 1), data: value.data };
}
