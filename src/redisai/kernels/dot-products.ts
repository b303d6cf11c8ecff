// The innermost loops of matrix products, over rows of the left operand and packed columns of the right one. Sums are kept in
// double precision and rounded once when stored.

export type RealData = Float32Array | Float64Array;

/** (m, k) at `ia` times n packed columns of k, into (m, n) at `o`. */
export function productInto(
  out: RealData,
  o: number,
  a: RealData,
  ia: number,
  packed: RealData,
  m: number,
  k: number,
  n: number,
): void {
  let row = 0;
  for (; row + 4 <= m; row += 4) fourRowsTimes(out, o + row * n, a, ia + row * k, packed, k, n);
  for (; row < m; row += 1) rowTimes(out, o + row * n, a, ia + row * k, packed, k, n);
}

/** Four columns at a time: each number of the row is read once for four products, and their sums do not wait for each other. */
function rowTimes(out: RealData, o: number, a: RealData, ia: number, packed: RealData, k: number, n: number): void {
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    const q0 = j * k;
    const q1 = q0 + k;
    const q2 = q1 + k;
    const q3 = q2 + k;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let p = 0; p < k; p += 1) {
      const x = a[ia + p]!;
      s0 += x * packed[q0 + p]!;
      s1 += x * packed[q1 + p]!;
      s2 += x * packed[q2 + p]!;
      s3 += x * packed[q3 + p]!;
    }
    out[o + j] = s0;
    out[o + j + 1] = s1;
    out[o + j + 2] = s2;
    out[o + j + 3] = s3;
  }
  for (; j < n; j += 1) out[o + j] = dot(a, ia, packed, j * k, k);
}

/** Four rows by two columns at a time: six reads for eight products, where a row by itself needs ten. */
function fourRowsTimes(
  out: RealData,
  o: number,
  a: RealData,
  ia: number,
  packed: RealData,
  k: number,
  n: number,
): void {
  const ib = ia + k;
  const ic = ib + k;
  const id = ic + k;
  let j = 0;
  for (; j + 2 <= n; j += 2) {
    const q = j * k;
    const r = q + k;
    let a0 = 0;
    let a1 = 0;
    let b0 = 0;
    let b1 = 0;
    let c0 = 0;
    let c1 = 0;
    let d0 = 0;
    let d1 = 0;
    for (let p = 0; p < k; p += 1) {
      const w0 = packed[q + p]!;
      const w1 = packed[r + p]!;
      a0 += a[ia + p]! * w0;
      a1 += a[ia + p]! * w1;
      b0 += a[ib + p]! * w0;
      b1 += a[ib + p]! * w1;
      c0 += a[ic + p]! * w0;
      c1 += a[ic + p]! * w1;
      d0 += a[id + p]! * w0;
      d1 += a[id + p]! * w1;
    }
    out[o + j] = a0;
    out[o + j + 1] = a1;
    out[o + n + j] = b0;
    out[o + n + j + 1] = b1;
    out[o + 2 * n + j] = c0;
    out[o + 2 * n + j + 1] = c1;
    out[o + 3 * n + j] = d0;
    out[o + 3 * n + j + 1] = d1;
  }
  if (j < n) for (let row = 0; row < 4; row += 1) out[o + row * n + j] = dot(a, ia + row * k, packed, j * k, k);
}

function dot(a: RealData, ia: number, b: RealData, ib: number, k: number): number {
  let sum = 0;
  for (let p = 0; p < k; p += 1) sum += a[ia + p]! * b[ib + p]!;
  return sum;
}
