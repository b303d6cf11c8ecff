// Third pass, subscripts: reading from and writing into lists, texts, dicts, tuples and tensors.
import { INDEX, INDEX_PUT } from '../operators/tensor/indexing.ts';
import { TEXT_SLICE } from '../operators/strings.ts';
import type { Span } from '../source.ts';
import type { Expression, Index } from '../syntax/ast.ts';
import { checkAs, checkExpression } from './check-expression.ts';
import { call } from './operator-call.ts';
import type { Context } from './context.ts';
import { convert } from './convert.ts';
import type { Tree } from './tree.ts';
import { ANY, INT, listOf, NONE, SCALAR, TENSOR, tupleOf, typeText } from './type.ts';

type Subscript = Expression & { readonly kind: 'subscript' };
type SliceIndex = Index & { readonly kind: 'slice' };

export function checkSubscript({ object, indices, at }: Subscript, context: Context): Tree {
  const value = checkExpression(object, context);
  return load(
    value,
    value.type.kind === 'Tensor' ? tensorIndices(indices, context) : plainIndex(value, indices, at, context),
    at,
    context,
  );
}

/** object[indices] = value */
export function checkStore({ object, indices, at }: Subscript, value: Tree, context: Context): Tree {
  const target = checkExpression(object, context);
  return store(
    target,
    target.type.kind === 'Tensor' ? tensorIndices(indices, context) : plainIndex(target, indices, at, context),
    value,
    at,
    context,
  );
}

/** For object[indices] += value: works object and indices out into slots, then loads and stores through those. */
checkStore.prepare = (
  target: Subscript,
  stores: Tree[],
  context: Context,
): { load: () => Tree; store: (value: Tree) => Tree } => {
  const { object, indices, at } = target;
  const keep = (tree: Tree): Tree => {
    if (tree.kind === 'constant') return tree;
    const slot = context.freshSlot();
    stores.push({ kind: 'store', slot, value: tree, type: tree.type });
    return { kind: 'slot', slot, type: tree.type };
  };
  const value = keep(checkExpression(object, context));
  const index = keep(
    value.type.kind === 'Tensor' ? tensorIndices(indices, context) : plainIndex(value, indices, at, context),
  );
  return { load: () => load(value, index, at, context), store: (result) => store(value, index, result, at, context) };
};

const isSlice = (tree: Tree): boolean => tree.type.kind === 'Tuple';

function load(value: Tree, index: Tree, at: Span, context: Context): Tree {
  const { type } = value;
  if (type.kind === 'Tensor') return { kind: 'operator', operator: INDEX, args: [value, index], at, type: TENSOR };
  if (type.kind === 'Tuple') return tupleItem(value, index, at, context);
  if (!isSlice(index)) return call('__getitem__', [value, index], at, context);
  if (type.kind === 'str') return { kind: 'operator', operator: TEXT_SLICE, args: [value, index], at, type };
  return { ...call('prim::slice', [value, index], at, context), type };
}

function store(target: Tree, index: Tree, value: Tree, at: Span, context: Context): Tree {
  if (target.type.kind === 'Tensor') {
    const source = value.type.kind === 'Tensor' ? value : convert(value, SCALAR);
    if (source === undefined) throw context.error(at, `${typeText(value.type)} cannot be stored into a tensor`);
    context.writesTensors = true;
    return { kind: 'operator', operator: INDEX_PUT, args: [target, index, source], at, type: NONE };
  }
  if (isSlice(index)) throw context.refuse(at, 'an assignment to a slice of a list');
  return call('_set_item', [target, index, value], at, context);
}

function tupleItem(value: Tree, index: Tree, at: Span, context: Context): Tree {
  const { items } = value.type as { items: readonly Tree['type'][] };
  if (index.kind !== 'constant' || index.type.kind !== 'int')
    throw context.error(at, 'the index of a tuple must be a constant int');
  const position = Number(index.value) < 0 ? Number(index.value) + items.length : Number(index.value);
  const type = items[position];
  if (type === undefined) throw context.error(at, 'Tuple index out of range');
  return { kind: 'inline', template: `$0[${position}]`, args: [value], type };
}

function plainIndex(value: Tree, indices: readonly Index[], at: Span, context: Context): Tree {
  const [index] = indices;
  if (indices.length !== 1 || index === undefined || index.kind === 'ellipsis')
    throw context.error(at, `${typeText(value.type)} takes one index`);
  if (index.kind === 'slice') return sliceTree(index, context);
  const tree = checkExpression(index.value, context);
  if (tree.type.kind === 'Tuple') throw context.error(at, `a tuple is no index of ${typeText(value.type)}`);
  return tree;
}

/** {start, stop, step}; it has the type of a tuple, which no other index has. */
function sliceTree({ start, stop, step }: SliceIndex, context: Context): Tree {
  const bound = (part: Expression | undefined): Tree => {
    if (part === undefined || part.kind === 'none') return { kind: 'constant', value: null, type: NONE };
    const tree = checkExpression(part, context);
    return convert(tree, INT, true) ?? checkAs(part, INT, context, 'the bound of a slice');
  };
  return {
    kind: 'inline',
    template: '({ start: $0, stop: $1, step: $2 })',
    args: [bound(start), bound(stop), bound(step)],
    type: tupleOf([]),
  };
}

function tensorIndices(indices: readonly Index[], context: Context): Tree {
  return { kind: 'list', items: indices.map((index) => tensorIndex(index, context)), type: listOf(ANY) };
}

/** One of: a number, a slice, null for a new dimension, '...', or a tensor. */
function tensorIndex(index: Index, context: Context): Tree {
  if (index.kind === 'ellipsis') return { kind: 'constant', value: '...', type: ANY };
  if (index.kind === 'slice') return sliceTree(index, context);
  const tree = checkExpression(index.value, context);
  if (tree.type.kind === 'None' || tree.type.kind === 'int' || tree.type.kind === 'Tensor') return tree;
  if (tree.type.kind === 'List') return call('tensor', [tree], index.value.at, context);
  throw context.error(index.value.at, `Unsupported index type ${typeText(tree.type)} for a tensor`);
}
