// Broadcasting as NumPy, TensorFlow and Torch know it: which shape two operands have together, and how to walk them.
import { elementCount } from '../tensor/shape.ts';
import { KernelError, shapeText } from './kernel-error.ts';

/** @throws KernelError in TensorFlow's words */
export function broadcastShape(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length);
  const shape = new Array<number>(rank);
  for (let i = 0; i < rank; i += 1) {
    const da = a[a.length - rank + i] ?? 1;
    const db = b[b.length - rank + i] ?? 1;
    if (da !== db && da !== 1 && db !== 1) {
      throw new KernelError(`Incompatible shapes: ${shapeText(a)} vs. ${shapeText(b)}`);
    }
    shape[i] = da === 1 ? db : da;
  }
  return shape;
}

/** True where the dimensions of `tail`, but for leading ones of 1, are the last ones of `shape`: a bias beside a batch of rows. */
export function endsWith(shape: readonly number[], tail: readonly number[]): boolean {
  const lead = shape.length - tail.length;
  if (lead < 0) return false;
  let i = 0;
  while (tail[i] === 1) i += 1;
  for (; i < tail.length; i += 1) if (shape[lead + i] !== tail[i]) return false;
  return true;
}

/** Strides of an operand seen in the shape `out`: zero along the dimensions it is repeated on. */
export function broadcastStrides(shape: readonly number[], out: readonly number[]): number[] {
  const strides = new Array<number>(out.length).fill(0);
  let stride = 1;
  for (let i = 1; i <= shape.length; i += 1) {
    const dim = shape[shape.length - i]!;
    if (dim !== 1) strides[out.length - i] = stride;
    stride *= dim;
  }
  return strides;
}

/** One innermost run: n elements from `out`, operands at `a` and `b` with the strides sa and sb. */
type Visit = (out: number, n: number, a: number, sa: number, b: number, sb: number) => void;

/** Visits the broadcast of a and b in runs that are as long as they can be. */
export function walkBroadcast(out: readonly number[], a: readonly number[], b: readonly number[], visit: Visit): void {
  const total = elementCount(out);
  if (total === 0) return;
  const as = broadcastStrides(a, out);
  const bs = broadcastStrides(b, out);
  // Dimensions join the run as long as both operands go on evenly through them.
  let split = out.length - 1;
  let run = out.length === 0 ? 1 : out[split]!;
  const sa = as[split] ?? 0;
  const sb = bs[split] ?? 0;
  while (split > 0 && as[split - 1] === sa * run && bs[split - 1] === sb * run) {
    split -= 1;
    run *= out[split]!;
  }
  const index = new Array<number>(Math.max(split, 0)).fill(0);
  let ia = 0;
  let ib = 0;
  for (let at = 0; at < total; at += run) {
    visit(at, run, ia, sa, ib, sb);
    for (let d = index.length - 1; d >= 0; d -= 1) {
      ia += as[d]!;
      ib += bs[d]!;
      index[d] = index[d]! + 1;
      if (index[d] !== out[d]) break;
      ia -= as[d]! * out[d]!;
      ib -= bs[d]! * out[d]!;
      index[d] = 0;
    }
  }
}
