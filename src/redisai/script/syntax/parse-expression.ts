// Second pass, expressions: tokens to trees by precedence climbing.
//
//   expression := or ['if' or 'else' expression]
//   or         := and ('or' and)*            and := not ('and' not)*            not := 'not' not | comparison
//   comparison := binary (('<' | '>' | '==' | '!=' | '<=' | '>=' | ['not'] 'in' | 'is' ['not']) binary)*
//   binary     := the operators of BINARY_LEVELS, loosest first, left to right; unary := ('-' | '+' | '~') unary | power
//   power      := postfix ['**' unary]
//   postfix    := atom ('.' name | '(' arguments ')' | '[' indices ']')*
//   atom       := name | number | string+ | True | False | None | list | dict | tuple | '(' expression ')'
import type { Comparison, Expression } from './ast.ts';
import { parsePostfix } from './parse-postfix.ts';
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

export function parseOr(reader: TokenReader): Expression {
  return parseLogical(reader, 'or', (inner) => parseLogical(inner, 'and', parseNot));
}

function parseLogical(
  reader: TokenReader,
  operator: 'and' | 'or',
  operand: (reader: TokenReader) => Expression,
): Expression {
  let left = operand(reader);
  for (let links = 0; reader.accept(operator); links++) {
    reader.boundChain(links);
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
    reader.boundChain(rest.length);
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
    reader.boundChain(links);
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
