// Tokens of the script language: what the lexer makes and the parser reads.
import type { Span } from '../source.ts';

export type TokenKind =
  'name' | 'keyword' | 'number' | 'string' | 'f-string' | 'operator' | 'newline' | 'indent' | 'dedent' | 'end';

export interface Token extends Span {
  readonly kind: TokenKind;
  /** The text of a name, keyword, number or operator; the value of a string; the raw inside of an f-string. */
  readonly text: string;
}

/** Words that are no names. Those that no rule of the parser takes are refused by it. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if import in is ' +
    'lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** Longest first, so that the first that fits is the one. */
export const OPERATORS: readonly string[] = (
  '**= //= >>= <<= ... == != <= >= -> += -= *= /= %= @= &= |= ^= // ** << >> := ' +
  '( ) [ ] { } , : . ; = + - * / % @ & | ^ ~ < >'
)
  .trim()
  .split(/\s+/);
