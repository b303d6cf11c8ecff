// Pooling over images in NHWC order.
import type { NumericDtype } from '../tensor/dtype.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { allocateFresh } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import { KernelError, shapeText } from './kernel-error.ts';
import { windowAxis } from './window.ts';
import type { WindowAxis, WindowOptions } from './window.ts';

type RealData = Float32Array | Float64Array;

/** Largest element, or mean of those elements of the window that lie inside the image. */
export function pool(
  which: 'max' | 'average',
  image: Tensor,
  size: readonly [number, number],
  options: WindowOptions,
  allocate: Allocate = allocateFresh,
): Tensor {
  if (image.shape.length !== 4) throw new KernelError(`expected four dimensions, got ${shapeText(image.shape)}`);
  const [batch = 0, height = 0, width = 0, channels = 0] = image.shape;
  const rows = windowAxis(height, size[0], 0, options);
  const columns = windowAxis(width, size[1], 1, options);
  const dtype = image.dtype as NumericDtype;
  const out = allocate(dtype, batch * rows.output * columns.output * channels);
  const x = image.data as RealData;
  let to = 0;
  for (let b = 0; b < batch; b += 1) {
    for (let r = 0; r < rows.output; r += 1) {
      for (let c = 0; c < columns.output; c += 1) {
        for (let d = 0; d < channels; d += 1, to += 1) {
          const at = (row: number, column: number): number => x[((b * height + row) * width + column) * channels + d]!;
          out[to] = which === 'max' ? maxOf(rows, r, columns, c, at) : meanOf(rows, r, columns, c, at);
        }
      }
    }
  }
  return { dtype, shape: [batch, rows.output, columns.output, channels], data: out };
}

type ElementAt = (row: number, column: number) => number;

function maxOf(rows: WindowAxis, r: number, columns: WindowAxis, c: number, at: ElementAt): number {
  let max = -Infinity;
  eachInside(rows, r, columns, c, (row, column) => (max = Math.max(max, at(row, column))));
  return max;
}

function meanOf(rows: WindowAxis, r: number, columns: WindowAxis, c: number, at: ElementAt): number {
  let sum = 0;
  let n = 0;
  eachInside(rows, r, columns, c, (row, column) => {
    sum += at(row, column);
    n += 1;
  });
  return sum / n;
}

function eachInside(
  rows: WindowAxis,
  r: number,
  columns: WindowAxis,
  c: number,
  visit: (row: number, column: number) => void,
): void {
  const top = r * rows.stride - rows.before;
  const left = c * columns.stride - columns.before;
  for (let row = Math.max(top, 0); row < Math.min(top + rows.size, rows.input); row += 1) {
    for (let column = Math.max(left, 0); column < Math.min(left + columns.size, columns.input); column += 1) {
      visit(row, column);
    }
  }
}
