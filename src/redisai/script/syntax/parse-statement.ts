// Second pass, statements and blocks.
import type { Span } from '../source.ts';
import type { Block, Expression, Statement } from './ast.ts';
import { parseExpression, parseExpressionList, parseTarget } from './parse-expression.ts';
import type { TokenReader } from './token-reader.ts';

type StatementParser = (reader: TokenReader, begin: Span) => Statement;

/** Statements that begin with a keyword, by keyword. */
const STATEMENTS: ReadonlyMap<string, StatementParser> = new Map(
  Object.entries({
    if: parseIf,
    while: parseWhile,
    for: parseFor,
    return: parseReturn,
    assert: parseAssert,
    raise: parseRaise,
    pass: (reader, begin) => ({ kind: 'pass', at: reader.since(begin) }),
    break: (reader, begin) => ({ kind: 'break', at: reader.since(begin) }),
    continue: (reader, begin) => ({ kind: 'continue', at: reader.since(begin) }),
  }),
);
const COMPOUND: ReadonlySet<string> = new Set(['if', 'while', 'for']);
const AUGMENTED = /^(\+|-|\*|\/|\/\/|%|\*\*|&|\||\^|<<|>>)=$/;

/** ':' then statements on the same line, or an indented block. */
export function parseBlock(reader: TokenReader): Block {
  reader.expect(':');
  if (!reader.acceptKind('newline')) return parseSimpleLine(reader);
  if (!reader.acceptKind('indent')) throw reader.unexpected('an indented block');
  const statements: Statement[] = [];
  reader.nested(() => {
    while (!reader.acceptKind('dedent')) statements.push(...parseStatement(reader));
  });
  return statements;
}

export function parseStatement(reader: TokenReader): readonly Statement[] {
  const token = reader.peek();
  if (token.kind !== 'keyword' || !COMPOUND.has(token.text)) return parseSimpleLine(reader);
  reader.next();
  return [STATEMENTS.get(token.text)!(reader, token)];
}

function parseSimpleLine(reader: TokenReader): Statement[] {
  const statements: Statement[] = [];
  do {
    if (reader.seesKind('newline') && statements.length > 0) break;
    statements.push(parseSimple(reader));
  } while (reader.accept(';'));
  reader.expectKind('newline');
  return statements;
}

function parseSimple(reader: TokenReader): Statement {
  const token = reader.peek();
  if (token.kind !== 'keyword' || isExpressionKeyword(token.text)) return parseAssignment(reader);
  const parse = STATEMENTS.get(token.text);
  if (parse === undefined || COMPOUND.has(token.text)) throw reader.refuse(`'${token.text}' here`);
  reader.next();
  return parse(reader, token);
}

const isExpressionKeyword = (word: string): boolean => ['None', 'True', 'False', 'not'].includes(word);

function parseAssignment(reader: TokenReader): Statement {
  const begin = reader.peek();
  const first = parseExpressionList(reader);
  if (reader.sees(':') && first.kind === 'name') return parseAnnotated(reader, first, first.name);
  if (reader.seesKind('operator') && AUGMENTED.test(reader.peek().text)) {
    const operator = reader.next().text.slice(0, -1);
    return { kind: 'augment', target: first, operator, value: parseExpressionList(reader), at: reader.since(begin) };
  }
  if (!reader.sees('=')) return { kind: 'expression', value: first, at: reader.since(begin) };
  const sides = [first];
  while (reader.accept('=')) sides.push(parseExpressionList(reader));
  return {
    kind: 'assign',
    targets: sides.slice(0, -1),
    annotation: undefined,
    value: sides.at(-1)!,
    at: reader.since(begin),
  };
}

function parseAnnotated(reader: TokenReader, target: Expression, name: string): Statement {
  reader.expect(':');
  const annotation = parseExpression(reader);
  if (!reader.accept('=')) return { kind: 'declare', name, annotation, at: reader.since(target.at) };
  const value = parseExpressionList(reader);
  return { kind: 'assign', targets: [target], annotation, value, at: reader.since(target.at) };
}

function parseIf(reader: TokenReader, begin: Span): Statement {
  const condition = parseExpression(reader);
  const then = parseBlock(reader);
  const otherwise = parseElse(reader);
  return { kind: 'if', condition, then, otherwise, at: { start: begin.start, end: condition.at.end } };
}

function parseElse(reader: TokenReader): Block {
  const token = reader.peek();
  if (reader.accept('elif')) return [reader.nested(() => parseIf(reader, token))];
  return reader.accept('else') ? parseBlock(reader) : [];
}

function parseWhile(reader: TokenReader, begin: Span): Statement {
  const condition = parseExpression(reader);
  const body = parseBlock(reader);
  refuseElse(reader);
  return { kind: 'while', condition, body, at: { start: begin.start, end: condition.at.end } };
}

function parseFor(reader: TokenReader, begin: Span): Statement {
  const target = parseTarget(reader);
  reader.expect('in');
  const iterable = parseExpressionList(reader);
  const body = parseBlock(reader);
  refuseElse(reader);
  return { kind: 'for', target, iterable, body, at: { start: begin.start, end: iterable.at.end } };
}

function refuseElse(reader: TokenReader): void {
  if (reader.sees('else')) throw reader.refuse('else after a loop');
}

function parseReturn(reader: TokenReader, begin: Span): Statement {
  const value = reader.seesKind('newline') || reader.sees(';') ? undefined : parseExpressionList(reader);
  return { kind: 'return', value, at: reader.since(begin) };
}

function parseAssert(reader: TokenReader, begin: Span): Statement {
  const condition = parseExpression(reader);
  const message = reader.accept(',') ? parseExpression(reader) : undefined;
  return { kind: 'assert', condition, message, at: reader.since(begin) };
}

function parseRaise(reader: TokenReader, begin: Span): Statement {
  if (reader.seesKind('newline')) throw reader.refuse('raise without a value');
  const value = parseExpression(reader);
  return { kind: 'raise', value, at: reader.since(begin) };
}
