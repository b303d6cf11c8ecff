// Second pass, the whole: a script is a list of functions and nothing else.
import type { Source } from '../source.ts';
import type { FunctionDefinition, Parameter } from './ast.ts';
import { parseExpression } from './parse-expression.ts';
import { parseBlock } from './parse-statement.ts';
import { TokenReader } from './token-reader.ts';

export function parseScript(source: Source): FunctionDefinition[] {
  const reader = new TokenReader(source);
  const functions: FunctionDefinition[] = [];
  while (!reader.seesKind('end')) functions.push(parseFunction(reader));
  return functions;
}

export function parseFunction(reader: TokenReader): FunctionDefinition {
  if (!reader.sees('def')) throw reader.unexpected('def');
  const begin = reader.next();
  const name = reader.expectKind('name').text;
  const parameters = parseParameters(reader);
  const returns = reader.accept('->') ? parseExpression(reader) : undefined;
  const at = reader.since(begin);
  return { name, parameters, returns, body: parseBlock(reader), at };
}

function parseParameters(reader: TokenReader): Parameter[] {
  const parameters: Parameter[] = [];
  let keywordOnly = false;
  reader.expect('(');
  while (!reader.accept(')')) {
    if (reader.sees('**') || (reader.sees('*') && !reader.sees(',', 1))) throw reader.refuse('a parameter with a star');
    if (reader.accept('*')) keywordOnly = true;
    else parameters.push(parseParameter(reader, keywordOnly));
    if (!reader.sees(')')) reader.expect(',');
  }
  return parameters;
}

function parseParameter(reader: TokenReader, keywordOnly: boolean): Parameter {
  const name = reader.expectKind('name');
  const annotation = reader.accept(':') ? parseExpression(reader) : undefined;
  const value = reader.accept('=') ? parseExpression(reader) : undefined;
  return { name: name.text, annotation, default: value, keywordOnly, at: reader.since(name) };
}
