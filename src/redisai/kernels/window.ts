// How a window slides over height and width of an image: the geometry that convolution and pooling share.
import { KernelError } from './kernel-error.ts';

/** Rows and columns added round the image: worked out (SAME: so that the size is divided by the stride alone), or given. */
export type WindowPadding = 'SAME' | 'VALID' | readonly [top: number, bottom: number, left: number, right: number];

/** One direction of a sliding window. */
export interface WindowAxis {
  readonly input: number;
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly output: number;
}

export interface WindowOptions {
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly padding: WindowPadding;
}

/** @param direction 0 for height, 1 for width */
export function windowAxis(input: number, size: number, direction: 0 | 1, options: WindowOptions): WindowAxis {
  const stride = options.strides[direction];
  const dilation = options.dilations[direction];
  if (![stride, dilation, size].every((n) => Number.isInteger(n) && n >= 1)) {
    throw new KernelError('strides, dilations and window sizes must be at least 1');
  }
  const span = (size - 1) * dilation + 1;
  const [before, after] = paddingOf(options.padding, direction, input, span, stride);
  const output = Math.floor((input + before + after - span) / stride) + 1;
  if (output < 0) throw new KernelError(`a window of ${span} does not fit into ${input}`);
  return { input, size, stride, dilation, before, output };
}

function paddingOf(
  padding: WindowPadding,
  direction: 0 | 1,
  input: number,
  span: number,
  stride: number,
): readonly [number, number] {
  if (padding === 'VALID') return [0, 0];
  if (padding !== 'SAME') return direction === 0 ? [padding[0], padding[1]] : [padding[2], padding[3]];
  const total = Math.max((Math.ceil(input / stride) - 1) * stride + span - input, 0);
  const before = Math.floor(total / 2);
  return [before, total - before];
}
