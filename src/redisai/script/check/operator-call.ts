// Chosen operators as trees, or an error that says why there is none.
import { operatorsNamed } from '../operators/table.ts';
import { textOperator } from '../operators/text.ts';
import type { Span } from '../source.ts';
import type { Context } from './context.ts';
import { resolveOperator, signatureText } from './overloads.ts';
import type { Tree } from './tree.ts';
import { STR, typeText } from './type.ts';

/** The operator of a name that takes these trees, or an error that says why there is none. */
export function call(
  name: string,
  args: readonly Tree[],
  at: Span,
  context: Context,
  keywords: readonly { name: string; value: Tree }[] = [],
): Tree {
  const tree = resolveOperator(name, args, keywords, at);
  if (tree !== undefined) {
    if (tree.kind === 'operator' && tree.operator.writes && tree.args[0]!.type.kind === 'Tensor')
      context.writesTensors = true;
    return tree;
  }
  const overloads = operatorsNamed(name);
  const full = name.includes('::') ? name : `aten::${name}`;
  if (overloads.length === 0)
    throw context.error(
      at,
      `Unknown builtin op: ${full}.\n${name.replace('::', '.')} is not in the supported subset (line ${context.source.lineOf(at.start)})`,
    );
  const given = [
    ...args.map((arg) => typeText(arg.type)),
    ...keywords.map((k) => `${k.name}: ${typeText(k.value.type)}`),
  ];
  const variants = overloads.map((overload) => `  ${signatureText(overload)}`);
  throw context.error(
    at,
    `Arguments for call are not valid.\nThe following variants are available:\n${variants.join('\n')}\nThe arguments are (${given.join(', ')})`,
  );
}

/** str(value) */
export function textTree(value: Tree, at: Span): Tree {
  return value.type.kind === 'str'
    ? value
    : { kind: 'operator', operator: textOperator(value.type), args: [value], at, type: STR };
}
