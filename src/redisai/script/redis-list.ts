// The values of a Redis list or hash as a script sees them. An object, not a bare array, so that whoever hands out the same
// values again and again (the fields of a hash) keeps with them what was made of them: the items, and the numbers they spell.
import { parseFloatText } from './operators/conversions.ts';
import { RedisString, ScriptError } from './script.ts';

export class RedisList {
  readonly texts: readonly string[];
  #items: readonly RedisString[] | undefined = undefined;
  /** Null where one of the texts is no number. */
  #numbers: Float64Array | null | undefined = undefined;

  /** @param texts bytes (latin1) */
  constructor(texts: readonly string[]) {
    this.texts = texts;
  }

  get items(): readonly RedisString[] {
    return (this.#items ??= this.texts.map((text) => new RedisString(text)));
  }

  /** float(str(item)) of each item; undefined where that would fail for one. Nobody writes into them. */
  get numbers(): Float64Array | undefined {
    if (this.#numbers === undefined) this.#numbers = numbersOf(this.texts);
    return this.#numbers ?? undefined;
  }
}

function numbersOf(texts: readonly string[]): Float64Array | null {
  const numbers = new Float64Array(texts.length);
  try {
    for (let i = 0; i < texts.length; i++) numbers[i] = parseFloatText(texts[i]!);
  } catch (error) {
    if (error instanceof ScriptError) return null;
    throw error;
  }
  return numbers;
}
