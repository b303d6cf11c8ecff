// The part of AI.TENSORSET after the key, also as a step of a DAG:
//
//   dtype dim* [ BLOB bytes | VALUES value* ]      no dim: a scalar; neither BLOB nor VALUES: all zeros
import { tensorFromBlob } from './blob.ts';
import { dtypeNamed } from './dtype.ts';
import { zeros } from './make-tensor.ts';
import { TensorError } from './tensor-error.ts';
import type { Tensor } from './tensor.ts';
import { tensorFromValues } from './values.ts';
import type { ValueWords } from './values.ts';

export interface TensorWords extends ValueWords {
  /** Argument i in upper case. */
  word(i: number): string;
}

/** A dimension is at least 1 here, though a tensor that a model makes may be empty. */
const DIMENSION = /^[1-9][0-9]{0,18}$/;
const INT64_MAX_TEXT = '9223372036854775807';

/**
 * Reads the words from..to (exclusive).
 * @throws TensorError with RedisAI's words
 */
export function parseTensor(words: TensorWords, from: number, to: number): Tensor {
  const dtype = dtypeNamed(words.word(from));
  const shape: number[] = [];
  let at = from + 1;
  for (; at < to; at += 1) {
    const text = words.text(at);
    if (!isDimension(text)) break;
    shape.push(Number(text));
  }
  if (at === to) return zeros(dtype, shape);
  const format = words.word(at);
  if (format === 'VALUES') return tensorFromValues(dtype, shape, words, at + 1, to);
  if (format !== 'BLOB') throw new TensorError('ERR invalid or negative value found in tensor shape');
  if (to - at !== 2) {
    throw new TensorError("ERR a single binary string should come after the BLOB argument in 'AI.TENSORSET' command");
  }
  return tensorFromBlob(dtype, shape, words.bytes(at + 1));
}

function isDimension(text: string): boolean {
  return DIMENSION.test(text) && (text.length < INT64_MAX_TEXT.length || text <= INT64_MAX_TEXT);
}
