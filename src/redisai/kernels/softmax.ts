// Softmax over one axis, and its logarithm.
import type { NumericDtype } from '../tensor/dtype.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { allocateFresh, perform } from './allocate.ts';
import type { Allocate, WrittenWork } from './allocate.ts';
import { axisOf, splitAt } from './axes.ts';
import { KernelError } from './kernel-error.ts';

type RealData = Float32Array | Float64Array;
/** Over the elements at `from`, `from + step`, … (`dim` of them). */
type Line = (out: RealData, x: RealData, from: number, step: number, dim: number) => void;
/** All lines, their elements one after the other, as JavaScript. */
type WriteLines = (out: string, x: string, lines: number, dim: number) => WrittenWork | undefined;

/** Each element stands in the text three times. */
const WRITTEN_DIM_MAX = 8;

export function softmax(value: Tensor, axis: number, allocate?: Allocate): Tensor {
  return overLines(softmaxLine, value, axis, allocate, writeSoftmax);
}

export function logSoftmax(value: Tensor, axis: number, allocate?: Allocate): Tensor {
  return overLines(logSoftmaxLine, value, axis, allocate);
}

/** A scalar is one line of one element. */
function overLines(
  line: Line,
  value: Tensor,
  axis: number,
  allocate: Allocate = allocateFresh,
  write?: WriteLines,
): Tensor {
  const { shape } = value;
  const dtype = value.dtype as NumericDtype;
  if (dtype !== 'FLOAT' && dtype !== 'DOUBLE') throw new KernelError(`softmax of a ${dtype} tensor`);
  const x = value.data as RealData;
  const out = allocate(dtype, x.length) as RealData;
  const { outer, dim, inner } =
    shape.length === 0 ? { outer: 1, dim: 1, inner: 1 } : splitAt(shape, axisOf(axis, shape.length));
  perform(
    allocate,
    () => {
      for (let o = 0; o < outer; o += 1) {
        for (let i = 0; i < inner; i += 1) line(out, x, o * dim * inner + i, inner, dim);
      }
    },
    (nameOf) => (inner === 1 ? write?.(nameOf(out), nameOf(x), outer, dim) : undefined),
  );
  return { dtype, shape, data: out };
}

function softmaxLine(out: RealData, x: RealData, from: number, step: number, dim: number): void {
  const end = from + dim * step;
  const max = maxOf(x, from, end, step);
  let sum = 0;
  for (let p = from; p < end; p += step) sum += Math.exp(x[p]! - max);
  for (let p = from; p < end; p += step) out[p] = Math.exp(x[p]! - max) / sum;
}

/** softmaxLine written out for a few elements that lie one after the other: each power is worked out once. */
function writeSoftmax(out: string, x: string, lines: number, dim: number): WrittenWork | undefined {
  if (dim > WRITTEN_DIM_MAX) return undefined;
  const elements = Array.from({ length: dim }, (_, p) => p);
  const text = [
    'let max = -Infinity, sum = 0;',
    ...elements.map((p) => `const x${p} = ${x}[at + ${p}]; if (x${p} > max) max = x${p};`),
    ...elements.map((p) => `const e${p} = Math.exp(x${p} - max); sum += e${p};`),
    ...elements.map((p) => `${out}[at + ${p}] = e${p} / sum;`),
  ].join(' ');
  return { times: undefined, text: `for (let at = 0; at < ${lines * dim}; at += ${dim}) { ${text} }` };
}

function logSoftmaxLine(out: RealData, x: RealData, from: number, step: number, dim: number): void {
  const end = from + dim * step;
  const max = maxOf(x, from, end, step);
  let sum = 0;
  for (let p = from; p < end; p += step) sum += Math.exp(x[p]! - max);
  const logSum = Math.log(sum);
  for (let p = from; p < end; p += step) out[p] = x[p]! - max - logSum;
}

function maxOf(x: RealData, from: number, end: number, step: number): number {
  let max = -Infinity;
  for (let p = from; p < end; p += step) if (x[p]! > max) max = x[p]!;
  return max;
}
