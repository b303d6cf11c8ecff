// Tensors as the words of VALUES: text in; text, whole numbers or byte strings out.
import { NUMERIC } from './dtype.ts';
import { formatDouble, parseDouble, parseInteger } from './number-text.ts';
import { checkedCount } from './shape.ts';
import { TensorError } from './tensor-error.ts';
import type { Dtype, NumericData, Tensor } from './tensor.ts';

/** Elements as given: `text` has one character per byte (latin1). */
export interface ValueWords {
  text(i: number): string;
  bytes(i: number): Uint8Array;
}

/**
 * The words from..to (exclusive) as the elements of a tensor.
 * @throws TensorError with RedisAI's words
 */
export function tensorFromValues(
  dtype: Dtype,
  shape: readonly number[],
  words: ValueWords,
  from: number,
  to: number,
): Tensor {
  const count = checkedCount(dtype, shape);
  if (to - from !== count) throw new TensorError("ERR wrong number of values was given in 'AI.TENSORSET' command");
  if (dtype === 'STRING') return { dtype, shape, data: readStrings(words, from, to) };
  const traits = NUMERIC[dtype];
  const data = traits.allocate(count);
  const parse = traits.kind === 'real' ? parseReal : parseWhole;
  for (let i = 0; i < count; i += 1) data[i] = parse(words.text(from + i), traits.max);
  return { dtype, shape, data };
}

function parseReal(text: string): number {
  const value = parseDouble(text);
  if (value === undefined) throw new TensorError('ERR invalid value');
  return value;
}

/** RedisAI takes no negative number for any integer dtype, INT8 to INT64 (a BLOB may hold them). */
function parseWhole(text: string, max: number | bigint): number | bigint {
  const value = parseInteger(text);
  if (value === undefined || value < 0n || value > max) throw new TensorError('ERR invalid value');
  return typeof max === 'bigint' ? value : Number(value);
}

function readStrings(words: ValueWords, from: number, to: number): Uint8Array[] {
  const strings: Uint8Array[] = [];
  for (let i = from; i < to; i += 1) {
    const bytes = words.bytes(i);
    // RedisAI refuses empty strings too, in the same words (a BLOB may hold them).
    if (bytes.length === 0 || bytes.includes(0)) throw new TensorError('ERR C-string value contains null character');
    strings.push(bytes.slice());
  }
  return strings;
}

/** FLOAT and DOUBLE as text with 17 significant digits, integers and BOOL as numbers, STRING as bytes. */
export function tensorToValues(value: Tensor): (string | number | bigint | Uint8Array)[] {
  const { dtype, data } = value;
  if (dtype === 'STRING') return Array.from(data as readonly Uint8Array[]);
  const numbers = data as NumericData;
  if (NUMERIC[dtype].kind !== 'real') return Array.from<number | bigint>(numbers);
  return Array.from(numbers as Float32Array, (real, i) =>
    Number.isNaN(real) ? formatNan(numbers, i) : formatDouble(real),
  );
}

/** printf shows the sign bit of a NaN; only the bytes still have it. */
function formatNan(data: NumericData, i: number): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const top = bytes[(i + 1) * data.BYTES_PER_ELEMENT - 1]!;
  return top >= 128 ? '-nan' : 'nan';
}
