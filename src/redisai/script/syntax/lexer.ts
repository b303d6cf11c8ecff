// First pass of the script compiler: characters to tokens, with Python's rules of indentation.
import type { Source } from '../source.ts';
import { bytesOf, unescape } from './string-literal.ts';
import { KEYWORDS, OPERATORS, type Token, type TokenKind } from './token.ts';

const BLANK = /[ \t\f]*(?:#[^\n]*)?/y;
const CONTINUATION = /\\\r?\n/y;
const NAME = /[A-Za-z_]\w*/y;
const NUMBER = /0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y;
const STRING = /([fFrRbBuU]{0,2})("""|'''|"|')/y;
const TAB_STOP = 8;

export function tokenize(source: Source): Token[] {
  return new Lexer(source).run();
}

class Lexer {
  readonly #source: Source;
  readonly #text: string;
  readonly #tokens: Token[] = [];
  readonly #indents: number[] = [0];
  #at = 0;
  /** Open brackets: inside them a line end means nothing. */
  #depth = 0;

  constructor(source: Source) {
    this.#source = source;
    this.#text = source.text;
  }

  run(): Token[] {
    this.#startLine();
    while (this.#at < this.#text.length) this.#next();
    if (this.#tokens.at(-1)?.kind !== 'newline' && this.#tokens.length > 0) this.#push('newline', this.#at, '');
    this.#dedentTo(0);
    this.#push('end', this.#at, '');
    return this.#tokens;
  }

  #next(): void {
    this.#take(BLANK);
    if (this.#take(CONTINUATION) !== undefined || this.#at >= this.#text.length) return;
    const char = this.#text[this.#at]!;
    if (char === '\n' || char === '\r') this.#lineEnd();
    else this.#token();
  }

  #lineEnd(): void {
    const at = this.#at;
    this.#at += this.#text.startsWith('\r\n', at) ? 2 : 1;
    if (this.#depth > 0) return;
    if (this.#tokens.length > 0 && this.#tokens.at(-1)!.kind !== 'newline') this.#push('newline', at, '');
    this.#startLine();
  }

  /** Measures the indentation of the first line that is neither empty nor a comment. */
  #startLine(): void {
    const from = this.#at;
    const blank = this.#take(BLANK) ?? '';
    const char = this.#text[this.#at];
    if (char === undefined || char === '\n' || char === '\r') return;
    const width = this.#widthOf(blank);
    if (width > this.#indents.at(-1)!) {
      this.#indents.push(width);
      this.#push('indent', from, '');
    } else this.#dedentTo(width);
  }

  #widthOf(blank: string): number {
    let width = 0;
    for (const char of blank) width = char === '\t' ? width + TAB_STOP - (width % TAB_STOP) : width + 1;
    return width;
  }

  #dedentTo(width: number): void {
    while (this.#indents.at(-1)! > width) {
      this.#indents.pop();
      this.#push('dedent', this.#at, '');
    }
    if (this.#indents.at(-1) !== width) throw this.#error(1, 'this line is indented as no line above it');
  }

  #token(): void {
    const start = this.#at;
    const string = this.#take(STRING);
    if (string !== undefined) this.#string(start, string);
    else if (!this.#takeAs(NAME, 'name') && !this.#takeAs(NUMBER, 'number')) this.#operator(start);
  }

  #takeAs(pattern: RegExp, kind: TokenKind): boolean {
    const start = this.#at;
    const text = this.#take(pattern);
    if (text === undefined) return false;
    this.#push(KEYWORDS.has(text) ? 'keyword' : kind, start, text);
    return true;
  }

  #operator(start: number): void {
    const operator = OPERATORS.find((sign) => this.#text.startsWith(sign, start));
    if (operator === undefined)
      throw this.#error(1, `the character ${JSON.stringify(this.#text[start])} is not understood`);
    this.#at += operator.length;
    if ('([{'.includes(operator)) this.#depth++;
    if (')]}'.includes(operator)) this.#depth = Math.max(0, this.#depth - 1);
    this.#push('operator', start, operator);
  }

  #string(start: number, opening: string): void {
    const quote = opening.replace(/^[a-zA-Z]*/, '');
    const prefix = opening.slice(0, -quote.length).toLowerCase();
    const from = this.#at;
    const to = this.#endOfString(from, quote);
    this.#at = to + quote.length;
    const raw = this.#text.slice(from, to);
    if (prefix.includes('b')) throw this.#error(0, 'bytes literals are not supported');
    if (prefix.includes('f')) this.#push('f-string', start, raw);
    else this.#push('string', start, prefix.includes('r') ? bytesOf(raw) : unescape(raw, this.#source, from));
  }

  #endOfString(from: number, quote: string): number {
    for (let at = from; at < this.#text.length; at++) {
      if (this.#text[at] === '\\') at++;
      else if (this.#text.startsWith(quote, at)) return at;
      else if (this.#text[at] === '\n' && quote.length === 1) break;
    }
    throw this.#error(0, 'this string has no end');
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) return undefined;
    this.#at += found.length;
    return found;
  }

  #push(kind: TokenKind, start: number, text: string): void {
    this.#tokens.push({ kind, text, start, end: Math.max(this.#at, start) });
  }

  #error(length: number, message: string): Error {
    return this.#source.errorAt({ start: this.#at - (length === 0 ? 1 : 0), end: this.#at + length }, message);
  }
}
