// Arguments that did not come off a socket: a script's call, a command kept by MULTI, a test.
import type { Args } from './args.ts';

/** Each text's characters are bytes (latin1). */
export class TextArgs implements Args {
  readonly #texts: readonly string[];

  constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  get length(): number {
    return this.#texts.length;
  }

  text(i: number): string {
    return this.#texts[i]!;
  }

  word(i: number): string {
    return this.#texts[i]!.toUpperCase();
  }

  is(i: number, word: string): boolean {
    const text = this.#texts[i]!;
    return text.length === word.length && text.toUpperCase() === word;
  }

  bytes(i: number): Uint8Array {
    return Buffer.from(this.#texts[i]!, 'latin1');
  }

  size(i: number): number {
    return this.#texts[i]!.length;
  }

  raw(): undefined {
    return undefined;
  }

  isRaw(): false {
    return false;
  }

  copy(): Args {
    return this;
  }
}
