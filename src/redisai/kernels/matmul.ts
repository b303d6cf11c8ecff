// Matrix products. The right operand is laid out anew, column by column (packed): for a constant one, once for all runs.
import type { NumericDtype } from '../tensor/dtype.ts';
import { elementCount } from '../tensor/shape.ts';
import type { NumericData, Tensor } from '../tensor/tensor.ts';
import { allocateFresh, perform } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import { broadcastShape, broadcastStrides } from './broadcast.ts';
import { productInto } from './dot-products.ts';
import type { RealData } from './dot-products.ts';
import { writeProduct } from './write-product.ts';
import { KernelError, checkDtype, shapeText } from './kernel-error.ts';

/** Columns of a (k, n) matrix one after the other. `transposed`: the matrix is given as (n, k), which is packed already. */
export function packColumns(b: Tensor, transposed: boolean, allocate: Allocate = allocateFresh): Tensor {
  if (transposed) return b;
  const [k = 0, n = 0] = b.shape;
  const packed = allocate(b.dtype as NumericDtype, k * n);
  packInto(packed, b.data as NumericData, 0, k, n);
  return { dtype: b.dtype, shape: [n, k], data: packed };
}

function packInto(out: NumericData, from: NumericData, at: number, k: number, n: number): void {
  for (let p = 0; p < k; p += 1) for (let j = 0; j < n; j += 1) out[j * k + p] = from[at + p * n + j]!;
}

/** (m, k) times a packed (n, k), both FLOAT or both DOUBLE: (m, n). A run that is kept takes the packed weights for constant. */
export function matmulPacked(a: Tensor, packed: Tensor, allocate: Allocate = allocateFresh): Tensor {
  checkDtype(a, packed.dtype);
  if (a.shape.length !== 2) throw new KernelError('In[0] is not a matrix');
  const m = a.shape[0]!;
  const k = a.shape[1]!;
  const n = packed.shape[0]!;
  if (k !== packed.shape[1]) {
    throw new KernelError(
      `Matrix size-incompatible: In[0]: ${shapeText(a.shape)}, In[1]: ${shapeText([packed.shape[1]!, n])}`,
    );
  }
  const out = allocate(a.dtype as NumericDtype, m * n) as RealData;
  const x = a.data as RealData;
  const w = packed.data as RealData;
  perform(allocate, () => productInto(out, 0, x, 0, w, m, k, n), writeProduct(out, x, w, m, k, n));
  return { dtype: a.dtype, shape: [m, n], data: out };
}

/** The last two dimensions of a and b as matrices, the leading ones broadcast. Real dtypes only, except by way of DOUBLE. */
export function matmul(a: Tensor, b: Tensor, allocate: Allocate = allocateFresh): Tensor {
  checkDtype(b, a.dtype);
  const [m, k] = matrixOf(a, 0);
  const [kb, n] = matrixOf(b, 1);
  if (k !== kb)
    throw new KernelError(`Matrix size-incompatible: In[0]: ${shapeText(a.shape)}, In[1]: ${shapeText(b.shape)}`);
  const batch = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const shape = [...batch, m, n];
  const dtype = a.dtype as NumericDtype;
  const out = allocate(dtype, elementCount(shape));
  const packed = allocate(dtype, k * n);
  const as = broadcastStrides(a.shape.slice(0, -2), batch);
  const bs = broadcastStrides(b.shape.slice(0, -2), batch);
  for (let i = 0, batches = elementCount(batch); i < batches; i += 1) {
    packInto(packed, b.data as NumericData, offsetOf(i, batch, bs) * k * n, k, n);
    product(out, i * m * n, a.data as NumericData, offsetOf(i, batch, as) * m * k, packed, m, k, n);
  }
  return { dtype, shape, data: out };
}

function matrixOf({ shape }: Tensor, which: number): [number, number] {
  if (shape.length < 2) throw new KernelError(`In[${which}] is not a matrix`);
  return [shape.at(-2)!, shape.at(-1)!];
}

/** Offset, in matrices, of the i-th of a batch. */
function offsetOf(i: number, batch: readonly number[], strides: readonly number[]): number {
  let rest = i;
  let offset = 0;
  for (let d = batch.length - 1; d >= 0; d -= 1) {
    offset += (rest % batch[d]!) * strides[d]!;
    rest = Math.floor(rest / batch[d]!);
  }
  return offset;
}

function product(
  out: NumericData,
  o: number,
  a: NumericData,
  ia: number,
  packed: NumericData,
  m: number,
  k: number,
  n: number,
): void {
  if (out instanceof Float32Array || out instanceof Float64Array) {
    productInto(out, o, a as RealData, ia, packed as RealData, m, k, n);
    return;
  }
  for (let row = 0; row < m; row += 1) wholeRowTimes(out, o + row * n, a, ia + row * k, packed, k, n);
}

/** The same over whole numbers, which wrap: exact in bigints, and rare. */
function wholeRowTimes(
  out: NumericData,
  o: number,
  a: NumericData,
  ia: number,
  packed: NumericData,
  k: number,
  n: number,
): void {
  for (let j = 0; j < n; j += 1) {
    let sum = 0n;
    for (let p = 0; p < k; p += 1) sum += BigInt(a[ia + p]!) * BigInt(packed[j * k + p]!);
    out[o + j] = out instanceof BigInt64Array ? sum : Number(BigInt.asIntN(32, sum));
  }
}
