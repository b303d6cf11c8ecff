// A product with constant weights written out as JavaScript: for the few rows of a small model, where loops that find out about
// their bounds take longer than the multiplications. Sums go in the order of dot-products.ts, to the same bit.
import type { WriteWork, WrittenWork } from './allocate.ts';
import type { RealData } from './dot-products.ts';

/** With more rows and columns than these dot-products.ts is as fast: it reads weights once for four rows. */
const ROWS_MAX = 3;
const ROWS_OF_ONE_COLUMN_MAX = 64;
/** The weights are held a second time. */
const WEIGHTS_MAX = 64 * 1024;
/** Columns, or rows of one column, whose sums are kept side by side, so that none waits for another; more would not fit the registers. */
const WIDTHS = [8, 4, 2, 1] as const;

/** (m, k) times n packed columns of k, which never change, into (m, n). */
export function writeProduct(
  out: RealData,
  a: RealData,
  packed: RealData,
  m: number,
  k: number,
  n: number,
): WriteWork | undefined {
  if (m === 0 || m > (n === 1 ? ROWS_OF_ONE_COLUMN_MAX : ROWS_MAX) || packed.length > WEIGHTS_MAX) return undefined;
  if (n === 1) return (nameOf) => writeColumn(nameOf(out), nameOf(a), nameOf(Float64Array.from(packed)), m, k);
  return (nameOf) => {
    const texts: string[] = [];
    let column = 0;
    for (const width of WIDTHS) {
      const blocks = Math.floor((n - column) / width);
      if (blocks === 0) continue;
      const weights = nameOf(interleaved(packed, column, blocks, width, k));
      const block = blockText({ out: nameOf(out), a: nameOf(a), weights }, column, width, k, n);
      texts.push(`for (let r = 0; r < ${m}; r += 1) for (let b = 0; b < ${blocks}; b += 1) ${block}`);
      column += blocks * width;
    }
    return { times: undefined, text: texts.join('\n') };
  };
}

/** Block by block of `width` columns: their first weights, their second ones, and so on; in double precision, as they are used. */
function interleaved(packed: RealData, column: number, blocks: number, width: number, k: number): Float64Array {
  const weights = new Float64Array(blocks * width * k);
  let at = 0;
  for (let block = 0; block < blocks; block += 1) {
    const first = column + block * width;
    for (let p = 0; p < k; p += 1) {
      for (let j = 0; j < width; j += 1) weights[at++] = packed[(first + j) * k + p]!;
    }
  }
  return weights;
}

interface ProductNames {
  readonly out: string;
  readonly a: string;
  readonly weights: string;
}

/** Row r times the `width` columns of block b. */
function blockText({ out, a, weights }: ProductNames, column: number, width: number, k: number, n: number): string {
  const columns = Array.from({ length: width }, (_, j) => j);
  const sums = columns.map((j) => `s${j} = 0`).join(', ');
  const adds = columns.map((j) => `s${j} += x * ${weights}[b * ${width * k} + p * ${width} + ${j}];`).join(' ');
  const stores = columns.map((j) => `${out}[r * ${n} + ${column} + b * ${width} + ${j}] = s${j};`).join(' ');
  return `{ let ${sums}; for (let p = 0; p < ${k}; p += 1) { const x = ${a}[r * ${k} + p]; ${adds} } ${stores} }`;
}

/** The product with one column: rows side by side. */
function writeColumn(out: string, a: string, weights: string, m: number, k: number): WrittenWork {
  const texts: string[] = [];
  let row = 0;
  for (const width of WIDTHS) {
    const blocks = Math.floor((m - row) / width);
    if (blocks === 0) continue;
    const rows = Array.from({ length: width }, (_, r) => r);
    const sums = rows.map((r) => `s${r} = 0`).join(', ');
    const adds = rows.map((r) => `s${r} += ${a}[at + ${r * k} + p] * w;`).join(' ');
    const stores = rows.map((r) => `${out}[${row} + b * ${width} + ${r}] = s${r};`).join(' ');
    const at = `const at = (${row} + b * ${width}) * ${k};`;
    const sum = `let ${sums}; for (let p = 0; p < ${k}; p += 1) { const w = ${weights}[p]; ${adds} } ${stores}`;
    texts.push(`for (let b = 0; b < ${blocks}; b += 1) { ${at} ${sum} }`);
    row += blocks * width;
  }
  return { times: undefined, text: texts.join('\n') };
}
