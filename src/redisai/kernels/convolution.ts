// Two-dimensional convolutions over images in NHWC order (batch, height, width, channels).
import type { NumericDtype } from '../tensor/dtype.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { allocateFresh } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import { KernelError, shapeText } from './kernel-error.ts';
import { windowAxis } from './window.ts';
import type { WindowAxis, WindowOptions } from './window.ts';

type RealData = Float32Array | Float64Array;

/** Where the window's corner stands: which image, which offsets in it. */
interface Place {
  readonly image: number;
  readonly top: number;
  readonly left: number;
}

/** filter: (height, width, channels in, channels out). */
export function conv2d(
  image: Tensor,
  filter: Tensor,
  options: WindowOptions,
  allocate: Allocate = allocateFresh,
): Tensor {
  const [, , , channels = 0] = rankFour(image);
  const [fh = 0, fw = 0, channelsIn = 0, n = 0] = rankFour(filter);
  if (channels !== channelsIn) {
    throw new KernelError(`input depth ${channels} must be the filter's ${channelsIn}`);
  }
  const weights = filter.data as RealData;
  const x = image.data as RealData;
  return slide(image, fh, fw, n, options, allocate, (place, rows, columns, sums) => {
    eachTap(place, rows, columns, (tap, pixel) => {
      for (let c = 0; c < channels; c += 1) {
        const value = x[pixel * channels + c]!;
        const w = (tap * channels + c) * n;
        for (let j = 0; j < n; j += 1) sums[j] = sums[j]! + value * weights[w + j]!;
      }
    });
  });
}

/** filter: (height, width, channels, multiplier); each channel has filters of its own. */
export function depthwiseConv2d(
  image: Tensor,
  filter: Tensor,
  options: WindowOptions,
  allocate: Allocate = allocateFresh,
): Tensor {
  const [, , , channels = 0] = rankFour(image);
  const [fh = 0, fw = 0, channelsIn = 0, multiplier = 0] = rankFour(filter);
  if (channels !== channelsIn) {
    throw new KernelError(`input depth ${channels} must be the filter's ${channelsIn}`);
  }
  const weights = filter.data as RealData;
  const x = image.data as RealData;
  const n = channels * multiplier;
  return slide(image, fh, fw, n, options, allocate, (place, rows, columns, sums) => {
    eachTap(place, rows, columns, (tap, pixel) => {
      for (let j = 0; j < n; j += 1) {
        sums[j] = sums[j]! + x[pixel * channels + Math.floor(j / multiplier)]! * weights[tap * n + j]!;
      }
    });
  });
}

type AtPlace = (place: Place, rows: WindowAxis, columns: WindowAxis, sums: Float64Array) => void;

function slide(
  image: Tensor,
  fh: number,
  fw: number,
  n: number,
  options: WindowOptions,
  allocate: Allocate,
  atPlace: AtPlace,
): Tensor {
  const [batch = 0, height = 0, width = 0] = image.shape;
  const rows = windowAxis(height, fh, 0, options);
  const columns = windowAxis(width, fw, 1, options);
  const dtype = image.dtype as NumericDtype;
  const out = allocate(dtype, batch * rows.output * columns.output * n);
  const sums = new Float64Array(n);
  let to = 0;
  for (let b = 0; b < batch; b += 1) {
    for (let r = 0; r < rows.output; r += 1) {
      for (let c = 0; c < columns.output; c += 1, to += n) {
        sums.fill(0);
        const place = { image: b, top: r * rows.stride - rows.before, left: c * columns.stride - columns.before };
        atPlace(place, rows, columns, sums);
        (out as RealData).set(sums, to);
      }
    }
  }
  return { dtype, shape: [batch, rows.output, columns.output, n], data: out };
}

/** Calls with the number of the tap in the filter, and of the pixel under it, for those that lie inside the image. */
function eachTap(
  { image, top, left }: Place,
  rows: WindowAxis,
  columns: WindowAxis,
  visit: (tap: number, pixel: number) => void,
): void {
  for (let i = 0; i < rows.size; i += 1) {
    const y = top + i * rows.dilation;
    if (y < 0 || y >= rows.input) continue;
    for (let j = 0; j < columns.size; j += 1) {
      const x = left + j * columns.dilation;
      if (x >= 0 && x < columns.input) visit(i * columns.size + j, (image * rows.input + y) * columns.input + x);
    }
  }
}

function rankFour({ shape }: Tensor): readonly number[] {
  if (shape.length !== 4) throw new KernelError(`expected four dimensions, got ${shapeText(shape)}`);
  return shape;
}
