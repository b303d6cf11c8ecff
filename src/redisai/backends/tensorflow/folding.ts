// Working out at load what does not depend on the inputs, within bounds: a file must not cost more than its size allows.
import { KernelError } from '../../kernels/kernel-error.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Kernel } from './operator.ts';
import { BufferTape } from './buffer-tape.ts';

/** Elements read, and bytes made, by one folded node. */
const ELEMENTS_MAX = 1 << 20;
const BYTES_MAX = 8 * 1024 * 1024;

/** The results of a kernel whose inputs are all known, or undefined: then it stays in the plan, and fails there if it must. */
export function fold(kernel: Kernel, inputs: readonly (Tensor | undefined)[]): readonly Tensor[] | undefined {
  const known = inputs.filter((input) => input !== undefined);
  if (known.length < inputs.length) return undefined;
  if (known.reduce((sum, input) => sum + input.data.length, 0) > ELEMENTS_MAX) return undefined;
  try {
    const result = kernel(known, new BufferTape(BYTES_MAX).allocate);
    return isSeveral(result) ? result : [result];
  } catch (error) {
    if (error instanceof KernelError || error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  }
}

export function isSeveral(result: Tensor | readonly Tensor[]): result is readonly Tensor[] {
  return Array.isArray(result);
}
