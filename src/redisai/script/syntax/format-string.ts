// f"…{expression}…" taken apart: text and trees. Conversions and format specifications are refused.
import { Source } from '../source.ts';
import type { Expression } from './ast.ts';
import { tokenize } from './lexer.ts';
import { parseExpression } from './parse-expression.ts';
import { unescape } from './string-literal.ts';
import type { Token } from './token.ts';
import { TokenReader } from './token-reader.ts';

const PIECE = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;

export function parseFormatString(token: Token, source: Source): (string | Expression)[] {
  const parts: (string | Expression)[] = [];
  let done = 0;
  for (const match of token.text.matchAll(PIECE)) {
    parts.push(unescape(token.text.slice(done, match.index), source, token.start));
    parts.push(pieceOf(match, token, source));
    done = match.index + match[0].length;
  }
  parts.push(unescape(token.text.slice(done), source, token.start));
  return parts.filter((part) => part !== '');
}

function pieceOf(match: RegExpExecArray, token: Token, source: Source): string | Expression {
  if (match[0] === '{{') return '{';
  if (match[0] === '}}') return '}';
  if (match[1] === undefined) throw source.errorAt(token, 'a single brace in an f-string');
  // The tokens of the inner expression point at the whole string: good enough for a message, and it needs no arithmetic.
  const inner = tokenize(new Source(match[1].trim())).map((each) => ({ ...each, start: token.start, end: token.end }));
  const reader = new TokenReader(source, inner);
  const expression = parseExpression(reader);
  if (!reader.seesKind('newline')) throw reader.refuse('a format specification in an f-string', token);
  return expression;
}
