// What a kernel says about operands that do not fit together. Backends and scripts put it into their own words.

import type { Dtype, Tensor } from '../tensor/tensor.ts';

export class KernelError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KernelError';
  }
}

/** `[2,3]`, as TensorFlow writes shapes. */
export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(',')}]`;
}

/** @throws KernelError unless the operand has the dtype that the kernel was made for */
export function checkDtype(value: Tensor, dtype: Dtype): void {
  if (value.dtype !== dtype) throw new KernelError(`expected a ${dtype} tensor, got ${value.dtype}`);
}
