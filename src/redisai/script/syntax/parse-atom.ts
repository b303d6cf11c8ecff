// Second pass, the smallest expressions: names, numbers, texts, and whatever stands between brackets.
import type { Span } from '../source.ts';
import type { Clause, Expression } from './ast.ts';
import { parseExpression, parseExpressionList, parseOr, parseTarget } from './parse-expression.ts';
import { parseFormatString } from './format-string.ts';
import type { TokenReader } from './token-reader.ts';

const INT64_MAX = '9223372036854775807';

export function parseAtom(reader: TokenReader): Expression {
  const token = reader.peek();
  if (token.kind === 'name') return { kind: 'name', name: reader.next().text, at: token };
  if (token.kind === 'number') return parseNumber(reader);
  if (token.kind === 'string' || token.kind === 'f-string') return parseStrings(reader);
  if (reader.accept('True')) return { kind: 'bool', value: true, at: token };
  if (reader.accept('False')) return { kind: 'bool', value: false, at: token };
  if (reader.accept('None')) return { kind: 'none', at: token };
  if (reader.accept('(')) return parseBracketed(reader, token);
  if (reader.accept('[')) return parseList(reader, token);
  if (reader.accept('{')) return parseDict(reader, token);
  if (token.kind === 'keyword' && ['lambda', 'yield', 'await'].includes(token.text)) throw reader.refuse(token.text);
  throw reader.unexpected('ident');
}

function parseNumber(reader: TokenReader): Expression {
  const token = reader.next();
  const text = token.text.replaceAll('_', '');
  const isInt = /^(0[xXbBoO]|\d+$)/.test(text);
  // Serialized code writes the largest int64 where a slice has no end.
  const isEnd = reader.source.isSerialized && text === INT64_MAX;
  const value = isEnd ? Number.MAX_SAFE_INTEGER : Number(text);
  if (isInt && !Number.isSafeInteger(value))
    throw reader.refuse(`the integer ${token.text}, which is beyond 2^53,`, token);
  return { kind: isInt ? 'int' : 'float', value, at: token };
}

function parseStrings(reader: TokenReader): Expression {
  const begin = reader.peek();
  const parts: (string | Expression)[] = [];
  while (reader.seesKind('string') || reader.seesKind('f-string')) {
    const token = reader.next();
    if (token.kind === 'string') parts.push(token.text);
    else parts.push(...parseFormatString(token, reader.source));
  }
  const at = reader.since(begin);
  if (parts.every((part) => typeof part === 'string')) return { kind: 'str', value: parts.join(''), at };
  return { kind: 'f-string', parts, at };
}

function parseBracketed(reader: TokenReader, begin: Span): Expression {
  if (reader.accept(')')) return { kind: 'tuple', items: [], at: reader.since(begin) };
  const inner = reader.nested(() => parseExpressionList(reader));
  if (reader.sees('for')) throw reader.refuse('a generator expression');
  reader.expect(')');
  return { ...inner, at: reader.since(begin) };
}

function parseList(reader: TokenReader, begin: Span): Expression {
  const items: Expression[] = [];
  while (!reader.accept(']')) {
    reader.boundItems(items.length);
    items.push(parseExpression(reader));
    if (items.length === 1 && reader.accept('for')) {
      const clause = parseClause(reader);
      reader.expect(']');
      return { kind: 'list-comprehension', item: items[0]!, clause, at: reader.since(begin) };
    }
    if (!reader.sees(']')) reader.expect(',');
  }
  return { kind: 'list', items, at: reader.since(begin) };
}

function parseDict(reader: TokenReader, begin: Span): Expression {
  const entries: [Expression, Expression][] = [];
  while (!reader.accept('}')) {
    reader.boundItems(entries.length);
    const key = parseExpression(reader);
    if (!reader.accept(':')) throw reader.refuse('a set');
    const value = parseExpression(reader);
    entries.push([key, value]);
    if (entries.length === 1 && reader.accept('for')) {
      const clause = parseClause(reader);
      reader.expect('}');
      return { kind: 'dict-comprehension', key, value, clause, at: reader.since(begin) };
    }
    if (!reader.sees('}')) reader.expect(',');
  }
  return { kind: 'dict', entries, at: reader.since(begin) };
}

function parseClause(reader: TokenReader): Clause {
  const target = parseTarget(reader);
  reader.expect('in');
  const iterable = parseOr(reader);
  const condition = reader.accept('if') ? parseOr(reader) : undefined;
  if (reader.sees('for') || reader.sees('if')) throw reader.refuse('a comprehension of more than one clause');
  return { target, iterable, condition };
}
