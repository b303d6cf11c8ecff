// A tensor laid side by side with itself.
import type { Tensor } from '../tensor/tensor.ts';
import type { Allocate } from './allocate.ts';
import { broadcastTo } from './strided-copy.ts';
import { KernelError } from './kernel-error.ts';
import { reshape } from './reshape.ts';

/** Repeats dimension d `multiples[d]` times. */
export function tile(value: Tensor, multiples: readonly number[], allocate?: Allocate): Tensor {
  const { shape } = value;
  if (multiples.length !== shape.length || multiples.some((times) => times < 0)) {
    throw new KernelError(`expected ${shape.length} multiples of at least 0, got ${multiples.join(', ')}`);
  }
  // Each dimension dim becomes (1, dim), is broadcast to (times, dim) and joined again.
  const apart = reshape(
    value,
    shape.flatMap((dim) => [1, dim]),
  );
  const repeated = broadcastTo(
    apart,
    shape.flatMap((dim, d) => [multiples[d]!, dim]),
    allocate,
  );
  return reshape(
    repeated,
    shape.map((dim, d) => dim * multiples[d]!),
  );
}
