// The parser's hands: looks at the next token, takes it, or says what was expected in its place.
import type { Source, Span } from '../source.ts';
import { tokenize } from './lexer.ts';
import type { Token, TokenKind } from './token.ts';

/** Brackets, blocks and operators that may stand inside one another. */
const NESTING_MAX = 100;
/** Links of one chain, as in 1 + 1 + 1; and items of one list, arguments of one call. */
const CHAIN_MAX = 1_000;
const ITEMS_MAX = 10_000;

export class TokenReader {
  readonly source: Source;
  readonly #tokens: readonly Token[];
  #at = 0;
  #nesting = 0;

  constructor(source: Source, tokens: readonly Token[] = tokenize(source)) {
    this.source = source;
    this.#tokens = tokens;
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind === 'end') throw this.unexpected('more of the script');
    this.#at++;
    return token;
  }

  /** True where the next token is this operator or keyword. */
  sees(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && (token.kind === 'operator' || token.kind === 'keyword');
  }

  seesKind(kind: TokenKind): boolean {
    return this.peek().kind === kind;
  }

  accept(text: string): boolean {
    if (!this.sees(text)) return false;
    this.#at++;
    return true;
  }

  acceptKind(kind: TokenKind): boolean {
    if (!this.seesKind(kind)) return false;
    this.#at++;
    return true;
  }

  expect(text: string): Token {
    if (!this.sees(text)) throw this.unexpected(`'${text}'`);
    return this.next();
  }

  expectKind(kind: TokenKind): Token {
    if (!this.seesKind(kind)) throw this.unexpected(kind === 'name' ? 'ident' : kind);
    return this.next();
  }

  /** From the start of a token or tree to the end of the last token taken. */
  since(begin: Span): Span {
    return { start: begin.start, end: this.#tokens[this.#at - 1]?.end ?? begin.end };
  }

  unexpected(expected: string): Error {
    const token = this.peek();
    const found = token.kind === 'operator' || token.kind === 'keyword' ? token.text : token.kind;
    return this.source.errorAt(token, `expected ${expected} but found '${found}' here`);
  }

  refuse(what: string, at: Span = this.peek()): Error {
    return this.source.errorAt(at, `${what} is not in the supported subset (line ${this.source.lineOf(at.start)})`);
  }

  nested<T>(parse: () => T): T {
    if (++this.#nesting > NESTING_MAX)
      throw this.source.errorAt(this.peek(), `nested deeper than ${NESTING_MAX} levels`);
    const result = parse();
    this.#nesting--;
    return result;
  }

  boundChain(links: number): void {
    if (links >= CHAIN_MAX) throw this.source.errorAt(this.peek(), `more than ${CHAIN_MAX} operators in a row`);
  }

  boundItems(items: number): void {
    if (items >= ITEMS_MAX) throw this.source.errorAt(this.peek(), `more than ${ITEMS_MAX} items between two brackets`);
  }
}
