// Third pass, what is written out: lists, tuples, dicts, f-strings.
import type { Span } from '../source.ts';
import type { ExpressionOf } from '../syntax/ast.ts';
import { checkExpression } from './check-expression.ts';
import type { Context } from './context.ts';
import { convert } from './convert.ts';
import { call, textTree } from './operator-call.ts';
import type { Tree } from './tree.ts';
import { STR, TENSOR, type Type, dictOf, join, listOf, tupleOf, typeText } from './type.ts';

export function checkFormatString({ parts }: ExpressionOf<'f-string'>, context: Context): Tree {
  const texts = parts.map((part) => {
    if (typeof part === 'string') return { kind: 'constant', value: part, type: STR } as const;
    return textTree(checkExpression(part, context), part.at);
  });
  return call(
    'join',
    [
      { kind: 'constant', value: '', type: STR },
      { kind: 'list', items: texts, type: listOf(STR) },
    ],
    parts.find((p) => typeof p !== 'string')!.at,
    context,
  );
}

export function checkList({ items, at }: ExpressionOf<'list'>, context: Context, expected: Type | undefined): Tree {
  const of = expected?.kind === 'List' ? expected.of : undefined;
  const trees = items.map((item) => checkExpression(item, context, of));
  const type = of ?? commonType(trees, 'a list', at, context) ?? TENSOR;
  const converted = trees.map((tree) => convert(tree, type) ?? tree);
  const actual = converted.every((tree) => tree.type === type || typeText(tree.type) === typeText(type))
    ? type
    : commonType(trees, 'a list', at, context);
  return { kind: 'list', items: converted, type: listOf(actual ?? TENSOR) };
}

export function checkTuple({ items }: ExpressionOf<'tuple'>, context: Context, expected: Type | undefined): Tree {
  const trees = items.map((item, i) =>
    checkExpression(item, context, expected?.kind === 'Tuple' ? expected.items[i] : undefined),
  );
  return { kind: 'tuple', items: trees, type: tupleOf(trees.map((tree) => tree.type)) };
}

export function checkDict({ entries, at }: ExpressionOf<'dict'>, context: Context, expected: Type | undefined): Tree {
  const [key, value] = expected?.kind === 'Dict' ? [expected.key, expected.value] : [];
  const trees = entries.map(
    ([k, v]) => [checkExpression(k, context, key), checkExpression(v, context, value)] as const,
  );
  const keyType =
    key ??
    commonType(
      trees.map(([k]) => k),
      'the keys of a dict',
      at,
      context,
    ) ??
    STR;
  const valueType =
    value ??
    commonType(
      trees.map(([, v]) => v),
      'the values of a dict',
      at,
      context,
    ) ??
    TENSOR;
  if (!['int', 'float', 'bool', 'str'].includes(keyType.kind))
    throw context.error(at, 'the keys of a dict must be int, float, bool or str');
  const convertOr = (tree: Tree, type: Type): Tree => convert(tree, type) ?? fail(tree, type, at, context);
  return {
    kind: 'dict',
    entries: trees.map(([k, v]) => [convertOr(k, keyType), convertOr(v, valueType)]),
    type: dictOf(keyType, valueType),
  };
}

function fail(tree: Tree, type: Type, at: Span, context: Context): never {
  throw context.error(at, `expected ${typeText(type)} but this is ${typeText(tree.type)}`);
}

function commonType(trees: readonly Tree[], what: string, at: Span, context: Context): Type | undefined {
  let type = trees[0]?.type;
  for (const tree of trees) {
    type = join(type!, tree.type);
    if (type === undefined)
      throw context.error(
        at,
        `${what} must hold values of one type, but these are ${trees.map((t) => typeText(t.type)).join(', ')}`,
      );
  }
  return type;
}
