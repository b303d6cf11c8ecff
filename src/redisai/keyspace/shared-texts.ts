// Short texts that come again and again, held once: what arrives over a socket is a new string each time.
const TEXT_MAX = 64;
/** Names that are made up one after another must not fill it for ever: full, it begins anew. */
const TEXTS_MAX = 4_096;

export class SharedTexts {
  readonly #texts = new Map<string, string>();

  /** The same text, and the same string wherever it is asked for again. */
  of(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (text.length > TEXT_MAX) return text;
    if (this.#texts.size === TEXTS_MAX) this.#texts.clear();
    this.#texts.set(text, text);
    return text;
  }
}
