// A product with constant weights written out as JavaScript: for the few rows of a small model, where loops that find out about
// their bounds take longer than the multiplications. Sums go in the order of dot-products.ts, to the same bit.
import type { WriteWork } from './allocate.ts';
import type { RealData } from './dot-products.ts';

/** With more rows dot-products.ts is as fast: it reads weights once for four of them. */
const ROWS_MAX = 3;
/** The weights are held a second time. */
const WEIGHTS_MAX = 64 * 1024;
/** Columns whose sums are kept side by side, so that none waits for another; more would not fit the registers. */
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
  if (m === 0 || m > ROWS_MAX || packed.length > WEIGHTS_MAX) return undefined;
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
