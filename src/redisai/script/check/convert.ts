// Conversions that happen by themselves: None and T to Optional[T], numbers to Scalar; and, for the arguments of operators
// only, what libtorch calls implicit: a tensor of one element to a number, an int to a float, a lone int to a list of it.
import type { Tree } from './tree.ts';
import { FLOAT, INT, isNumber, isSubtype, listOf, sameType, type Type } from './type.ts';
import { resolveOperator } from './overloads.ts';

/** The tree as a value of the type, or undefined where it is none. */
export function convert(tree: Tree, to: Type, implicit = false): Tree | undefined {
  if (sameType(tree.type, to)) return tree;
  if (to.kind === 'Scalar') return toScalar(tree, implicit);
  if (to.kind === 'Optional') return toOptional(tree, to, implicit);
  if (isSubtype(tree.type, to)) return { ...tree, type: to };
  if (to.kind === 'List') return toList(tree, to.of, implicit) ?? undefined;
  if (tree.kind === 'dict' && tree.entries.length === 0 && to.kind === 'Dict') return { ...tree, type: to };
  return implicit ? implicitly(tree, to) : undefined;
}

function toOptional(tree: Tree, to: Type & { kind: 'Optional' }, implicit: boolean): Tree | undefined {
  if (isSubtype(tree.type, to)) return { ...tree, type: to };
  return convert(tree, to.of, implicit);
}

function toScalar(tree: Tree, implicit: boolean): Tree | undefined {
  const type: Type = { kind: 'Scalar' };
  if (tree.type.kind === 'Tensor' && implicit) return resolveOperator('item', [tree], []);
  if (!isNumber(tree.type)) return undefined;
  const kind = tree.type.kind;
  if (tree.kind === 'constant') return { kind: 'pooled', value: { kind, value: Number(tree.value) }, type };
  const template = kind === 'bool' ? `({ kind: 'bool', value: +$0 })` : `({ kind: '${kind}', value: $0 })`;
  return { kind: 'inline', template, args: [tree], type };
}

/** A literal takes the type that is asked of it; a tuple of equal items may stand for a list. */
function toList(tree: Tree, of: Type, implicit: boolean): Tree | undefined {
  if (tree.kind === 'list' || (tree.kind === 'tuple' && implicit)) {
    const items = tree.items.map((item) => convert(item, of, implicit));
    if (items.every((item) => item !== undefined)) return { kind: 'list', items, type: listOf(of) };
  }
  if (!implicit) return undefined;
  if (tree.type.kind === 'Tuple') {
    return tree.type.items.every((item) => sameType(item, of)) ? { ...tree, type: listOf(of) } : undefined;
  }
  if (of.kind !== 'int' || tree.type.kind === 'List') return undefined;
  const item = convert(tree, of, true);
  return item === undefined ? undefined : { kind: 'list', items: [item], type: listOf(of) };
}

function implicitly(tree: Tree, to: Type): Tree | undefined {
  const from = tree.type.kind;
  if (to.kind === 'float' && from === 'int') return { ...tree, type: FLOAT };
  if (from !== 'Tensor' && from !== 'Scalar') return undefined;
  if (to.kind === 'int') return resolveOperator('Int', [tree], []);
  if (to.kind === 'float') return resolveOperator('Float', [tree], []);
  if (to.kind === 'bool' && from === 'Tensor') return resolveOperator('Bool', [tree], []);
  return undefined;
}

/** Whether these are numbers one after another, as in x.view(2, 3), which stand for a list of them. */
export const areInts = (trees: readonly Tree[]): boolean =>
  trees.length > 0 && trees.every((tree) => sameType(tree.type, INT));
