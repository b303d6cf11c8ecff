// Third pass, assignments: to a name, to several at once, into a list, a dict or a tensor.
import type { Expression } from '../syntax/ast.ts';
import { checkExpression } from './check-expression.ts';
import { binaryOperatorName } from './check-operation.ts';
import { call } from './operator-call.ts';
import { checkStore } from './check-subscript.ts';
import type { Context } from './context.ts';
import { convert } from './convert.ts';
import type { Tree } from './tree.ts';
import { typeText, type Type } from './type.ts';

/** The trees that store the value, in order. The value may be used more than once: it must be a slot or a tuple of trees. */
export function assignTo(target: Expression, value: Tree, context: Context): Tree[] {
  switch (target.kind) {
    case 'name':
      return [assignName(target, value, context)];
    case 'tuple':
    case 'list':
      return unpack(target, value, context);
    case 'subscript':
      return [checkStore(target, value, context)];
    default:
      throw context.refuse(target.at, 'an assignment to this');
  }
}

export function assignName(
  target: Expression & { kind: 'name' },
  value: Tree,
  context: Context,
  annotation?: Type,
): Tree {
  const { name, at } = target;
  const known = context.scope.get(name);
  const type = annotation ?? known?.declared;
  const converted = type === undefined ? value : (convert(value, type) ?? value);
  if (annotation !== undefined && convert(value, annotation) === undefined) {
    throw context.error(
      at,
      `Variable '${name}' is annotated with type ${typeText(annotation)} but is being assigned to a value of type ${typeText(value.type)}`,
    );
  }
  // What is known of the variable from here on is the type of the value itself, where that is narrower.
  const current = annotation?.kind === 'Optional' || known?.declared.kind === 'Optional' ? value.type : converted.type;
  const wrong = context.scope.assign(name, current, annotation);
  if (wrong !== undefined) {
    const declared = known === undefined ? '' : typeText(known.declared);
    throw context.error(
      at,
      `Variable '${name}' previously had type ${declared} but is now being assigned to a value of type ${typeText(value.type)}`,
    );
  }
  return { kind: 'store', slot: context.slotOf(name), value: converted, type: converted.type };
}

function unpack(target: Expression & { kind: 'tuple' | 'list' }, value: Tree, context: Context): Tree[] {
  const { items, at } = target;
  if (value.type.kind !== 'Tuple' && value.type.kind !== 'List')
    throw context.error(at, `${typeText(value.type)} cannot be unpacked`);
  if (value.type.kind === 'Tuple' && value.type.items.length !== items.length) {
    throw context.error(at, `need ${items.length} values to unpack but found ${value.type.items.length}`);
  }
  // All values are worked out before the first name changes: a, b = b, a.
  const stores: Tree[] = [];
  const parts = partsOf(value, items.length, at, stores, context);
  return [...stores, ...items.flatMap((item, i) => assignTo(item, parts[i]!, context))];
}

function partsOf(value: Tree, count: number, at: Expression['at'], stores: Tree[], context: Context): Tree[] {
  const keep = (tree: Tree): Tree => {
    const slot = context.freshSlot();
    stores.push({ kind: 'store', slot, value: tree, type: tree.type });
    return { kind: 'slot', slot, type: tree.type };
  };
  if (value.kind === 'tuple') return value.items.map(keep);
  const { type } = value;
  const whole = keep(
    type.kind === 'List'
      ? call('prim::unpack', [value, { kind: 'constant', value: count, type: { kind: 'int' } }], at, context)
      : value,
  );
  return Array.from({ length: count }, (_, i) => ({
    kind: 'inline',
    template: `$0[${i}]`,
    args: [whole],
    type: type.kind === 'Tuple' ? type.items[i]! : (type as Type & { kind: 'List' }).of,
  }));
}

/** target operator= value, where the target's object and index are worked out once. */
export function augment(target: Expression, operator: string, value: Expression, context: Context): Tree[] {
  if (target.kind === 'name') {
    const left = checkExpression(target, context);
    return [assignName(target, combined(left, operator, value, context, target.at), context)];
  }
  if (target.kind !== 'subscript') throw context.refuse(target.at, 'an assignment to this');
  const stores: Tree[] = [];
  const once = checkStore.prepare(target, stores, context);
  return [...stores, once.store(combined(once.load(), operator, value, context, target.at))];
}

function combined(left: Tree, operator: string, value: Expression, context: Context, at: Expression['at']): Tree {
  const right = checkExpression(value, context, left.type.kind === 'List' ? left.type : undefined);
  const inPlace = left.type.kind === 'Tensor' || left.type.kind === 'List';
  const name = binaryOperatorName(operator);
  return call(inPlace ? `${name}_` : name, [left, right], at, context);
}
