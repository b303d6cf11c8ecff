// Second pass, expressions: tokens to trees by precedence climbing.
//
//   expression := or ['if' or 'else' expression]
//   or         := and ('or' and)*            and := not ('and' not)*            not := 'not' not | comparison
//   comparison := binary (('<' | '>' | '==' | '!=' | '<=' | '>=' | ['not'] 'in' | 'is' ['not']) binary)*
//   binary     := the operators of BINARY_LEVELS, loosest first, left to right; unary := ('-' | '+' | '~') unary | power
//   power      := postfix ['**' unary]
//   postfix    := atom ('.' name | '(' arguments ')' | '[' indices ']')*
//   atom       := name | number | string+ | True | False | None | list | dict | tuple | '(' expression ')'
import type { Span } from '../source.ts';
import type { Clause, Comparison, Expression, Index, Keyword } from './ast.ts';
import { parseFormatString } from './format-string.ts';
import type { TokenReader } from './token-reader.ts';

const BINARY_LEVELS: readonly (readonly string[])[] = [
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '//', '%', '@'],
];
const COMPARISONS: ReadonlySet<string> = new Set(['<', '>', '==', '!=', '<=', '>=']);
/** Links of one chain, as in 1 + 1 + 1; and items of one list, arguments of one call. */
const CHAIN_MAX = 1_000;
const ITEMS_MAX = 10_000;
const INT64_MAX = '9223372036854775807';

export function parseExpression(reader: TokenReader): Expression {
  return reader.nested(() => {
    const then = parseOr(reader);
    if (!reader.accept('if')) return then;
    const condition = parseOr(reader);
    reader.expect('else');
    const otherwise = parseExpression(reader);
    return { kind: 'if-else', condition, then, otherwise, at: reader.since(then.at) };
  });
}

/** One expression, or several with commas between: a tuple without brackets. */
export function parseExpressionList(reader: TokenReader): Expression {
  const first = parseExpression(reader);
  if (!reader.sees(',')) return first;
  const items = [first];
  while (reader.accept(',')) {
    if (startsNoExpression(reader)) break;
    items.push(parseExpression(reader));
  }
  return { kind: 'tuple', items, at: reader.since(first.at) };
}

const startsNoExpression = (reader: TokenReader): boolean =>
  reader.seesKind('newline') || ['=', ')', ']', '}', ':', ';'].some((sign) => reader.sees(sign));

/** What stands before `in` in a loop: names, with or without brackets. */
export function parseTarget(reader: TokenReader): Expression {
  const first = parsePostfix(reader);
  if (!reader.sees(',')) return first;
  const items = [first];
  while (reader.accept(',')) if (!reader.sees('in')) items.push(parsePostfix(reader));
  return { kind: 'tuple', items, at: reader.since(first.at) };
}

function parseOr(reader: TokenReader): Expression {
  return parseLogical(reader, 'or', (inner) => parseLogical(inner, 'and', parseNot));
}

function parseLogical(
  reader: TokenReader,
  operator: 'and' | 'or',
  operand: (reader: TokenReader) => Expression,
): Expression {
  let left = operand(reader);
  for (let links = 0; reader.accept(operator); links++) {
    boundChain(reader, links);
    const right = operand(reader);
    left = { kind: 'logical', operator, left, right, at: reader.since(left.at) };
  }
  return left;
}

function parseNot(reader: TokenReader): Expression {
  const begin = reader.peek();
  if (!reader.accept('not')) return parseComparison(reader);
  const operand = reader.nested(() => parseNot(reader));
  return { kind: 'unary', operator: 'not', operand, at: reader.since(begin) };
}

function parseComparison(reader: TokenReader): Expression {
  const first = parseBinary(reader, 0);
  const rest: Comparison[] = [];
  for (let operator = comparisonSign(reader); operator !== undefined; operator = comparisonSign(reader)) {
    boundChain(reader, rest.length);
    rest.push({ operator, right: parseBinary(reader, 0) });
  }
  return rest.length === 0 ? first : { kind: 'compare', first, rest, at: reader.since(first.at) };
}

function comparisonSign(reader: TokenReader): string | undefined {
  if (reader.seesKind('operator') && COMPARISONS.has(reader.peek().text)) return reader.next().text;
  if (reader.accept('in')) return 'in';
  if (reader.sees('not') && reader.sees('in', 1)) {
    reader.next();
    reader.next();
    return 'not in';
  }
  if (!reader.accept('is')) return undefined;
  return reader.accept('not') ? 'is not' : 'is';
}

function parseBinary(reader: TokenReader, level: number): Expression {
  const operators = BINARY_LEVELS[level];
  if (operators === undefined) return parseUnary(reader);
  let left = parseBinary(reader, level + 1);
  for (let links = 0; reader.seesKind('operator') && operators.includes(reader.peek().text); links++) {
    boundChain(reader, links);
    const operator = reader.next().text;
    const right = parseBinary(reader, level + 1);
    left = { kind: 'binary', operator, left, right, at: reader.since(left.at) };
  }
  return left;
}

function parseUnary(reader: TokenReader): Expression {
  const begin = reader.peek();
  for (const operator of ['-', '+', '~']) {
    if (!reader.accept(operator)) continue;
    const operand = reader.nested(() => parseUnary(reader));
    return { kind: 'unary', operator, operand, at: reader.since(begin) };
  }
  return parsePower(reader);
}

function parsePower(reader: TokenReader): Expression {
  const left = parsePostfix(reader);
  if (!reader.accept('**')) return left;
  const right = reader.nested(() => parseUnary(reader));
  return { kind: 'binary', operator: '**', left, right, at: reader.since(left.at) };
}

function parsePostfix(reader: TokenReader): Expression {
  let object = parseAtom(reader);
  for (let links = 0; ; links++) {
    boundChain(reader, links);
    if (reader.accept('.')) {
      const name = reader.expectKind('name').text;
      object = { kind: 'attribute', object, name, at: reader.since(object.at) };
    } else if (reader.accept('(')) object = parseCall(reader, object);
    else if (reader.accept('[')) object = parseSubscript(reader, object);
    else return object;
  }
}

function parseCall(reader: TokenReader, callee: Expression): Expression {
  const args: Expression[] = [];
  const keywords: Keyword[] = [];
  while (!reader.accept(')')) {
    boundItems(reader, args.length + keywords.length);
    if (reader.sees('*') || reader.sees('**')) throw reader.refuse('an argument with a star');
    if (reader.seesKind('name') && reader.sees('=', 1)) keywords.push(parseKeyword(reader));
    else if (keywords.length > 0) throw reader.unexpected('a keyword argument');
    else args.push(parseExpression(reader));
    if (!reader.sees(')')) reader.expect(',');
  }
  return { kind: 'call', callee, args, keywords, at: reader.since(callee.at) };
}

function parseKeyword(reader: TokenReader): Keyword {
  const name = reader.next();
  reader.expect('=');
  return { name: name.text, value: parseExpression(reader), at: reader.since(name) };
}

function parseSubscript(reader: TokenReader, object: Expression): Expression {
  const indices: Index[] = [];
  do {
    if (reader.sees(']') && indices.length > 0) break;
    boundItems(reader, indices.length);
    indices.push(parseIndex(reader));
  } while (reader.accept(','));
  reader.expect(']');
  return { kind: 'subscript', object, indices, at: reader.since(object.at) };
}

function parseIndex(reader: TokenReader): Index {
  if (reader.accept('...')) return { kind: 'ellipsis' };
  const start = reader.sees(':') ? undefined : parseExpression(reader);
  if (!reader.accept(':')) return { kind: 'at', value: start! };
  const stop = endsSlicePart(reader) ? undefined : parseExpression(reader);
  const step = reader.accept(':') && !endsSlicePart(reader) ? parseExpression(reader) : undefined;
  return { kind: 'slice', start, stop, step };
}

const endsSlicePart = (reader: TokenReader): boolean => reader.sees(':') || reader.sees(']') || reader.sees(',');

function parseAtom(reader: TokenReader): Expression {
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
    boundItems(reader, items.length);
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
    boundItems(reader, entries.length);
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

function boundChain(reader: TokenReader, links: number): void {
  if (links >= CHAIN_MAX) throw reader.source.errorAt(reader.peek(), `more than ${CHAIN_MAX} operators in a row`);
}

function boundItems(reader: TokenReader, items: number): void {
  if (items >= ITEMS_MAX)
    throw reader.source.errorAt(reader.peek(), `more than ${ITEMS_MAX} items between two brackets`);
}
