// Second pass, what follows a value: attributes, calls and subscripts.
import type { Expression, Index, Keyword } from './ast.ts';
import { parseAtom } from './parse-atom.ts';
import { parseExpression } from './parse-expression.ts';
import type { TokenReader } from './token-reader.ts';

export function parsePostfix(reader: TokenReader): Expression {
  let object = parseAtom(reader);
  for (let links = 0; ; links++) {
    reader.boundChain(links);
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
    reader.boundItems(args.length + keywords.length);
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
    reader.boundItems(indices.length);
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
