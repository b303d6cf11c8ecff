// Third pass, loops: whatever can be run through becomes a counter, its limits, and the element at the counter.
import type { Expression } from '../syntax/ast.ts';
import type { Span } from '../source.ts';
import { assignTo } from './assign.ts';
import { checkAs, checkCondition, checkExpression } from './check-expression.ts';
import { call } from './operator-call.ts';
import type { Context } from './context.ts';
import { refinementsOf } from './refine.ts';
import type { ForTree, StatementTree, Tree } from './tree.ts';
import { dictOf, INT, isSubtype, listOf, STR, tupleOf, typeText, type Type } from './type.ts';

interface Iteration {
  readonly setup: readonly Tree[];
  readonly limits: readonly Tree[];
  readonly element: Tree;
}

type IteratorCall = (args: readonly Expression[], counter: Tree, at: Span, context: Context) => Iteration;

const ITERATORS: ReadonlyMap<string, IteratorCall> = new Map(
  Object.entries({
    range: iterateRange,
    enumerate: iterateEnumerate,
    zip: iterateZip,
  }),
);

/** Binds the target to each element in turn and checks the body, in the scope that is current. */
export function checkFor(
  target: Expression,
  iterable: Expression,
  context: Context,
  body: () => readonly StatementTree[],
): ForTree {
  const counter = context.freshSlot();
  const iteration = iterate(iterable, { kind: 'slot', slot: counter, type: INT }, context);
  const bind = assignTo(target, iteration.element, context);
  return { kind: 'for', setup: iteration.setup, counter, limits: iteration.limits, bind, body: body() };
}

export function checkComprehension(
  expression: Expression & { kind: 'list-comprehension' | 'dict-comprehension' },
  context: Context,
  expected: Type | undefined,
): Tree {
  const { clause } = expression;
  return context.within(context.scope.fork(), () => {
    let condition: Tree | undefined;
    const loop = checkFor(clause.target, clause.iterable, context, () => {
      condition = clause.condition === undefined ? undefined : checkCondition(clause.condition, context);
      if (clause.condition !== undefined) context.scope.refine(refinementsOf(clause.condition, context).whenTrue);
      return [];
    });
    if (expression.kind === 'list-comprehension') {
      const item = checkExpression(expression.item, context, expected?.kind === 'List' ? expected.of : undefined);
      return { kind: 'comprehension', loop, item, key: undefined, condition, type: listOf(item.type) };
    }
    const key = checkExpression(expression.key, context);
    const item = checkExpression(expression.value, context);
    if (!['int', 'float', 'bool', 'str'].includes(key.type.kind))
      throw context.error(expression.at, 'the keys of a dict must be int, float, bool or str');
    return { kind: 'comprehension', loop, item, key, condition, type: dictOf(key.type, item.type) };
  });
}

/** list(iterable) */
export function listFrom(iterable: Expression, context: Context): Tree {
  const counter = context.freshSlot();
  const { setup, limits, element } = iterate(iterable, { kind: 'slot', slot: counter, type: INT }, context);
  const loop: ForTree = { kind: 'for', setup, counter, limits, bind: [], body: [] };
  return {
    kind: 'comprehension',
    loop,
    item: element,
    key: undefined,
    condition: undefined,
    type: listOf(element.type),
  };
}

function iterate(iterable: Expression, counter: Tree, context: Context): Iteration {
  if (iterable.kind === 'call' && iterable.callee.kind === 'name' && iterable.keywords.length === 0) {
    const iterator =
      context.scope.get(iterable.callee.name) === undefined ? ITERATORS.get(iterable.callee.name) : undefined;
    if (iterator !== undefined) return iterator(iterable.args, counter, iterable.at, context);
  }
  const value = sequenceOf(checkExpression(iterable, context), iterable.at, context);
  const [store, slot] = keep(value, context);
  return { setup: [store], limits: [lengthOf(slot)], element: elementOf(slot, counter) };
}

/** What a loop over the value runs through: something with a length and elements. */
function sequenceOf(value: Tree, at: Span, context: Context): Tree {
  const { type } = value;
  if (type.kind === 'List' || type.kind === 'str') return value;
  if (type.kind === 'Tensor') return call('unbind', [value], at, context);
  if (type.kind === 'Dict') return call('keys', [value], at, context);
  const of = type.kind === 'Tuple' ? type.items[0] : undefined;
  if (type.kind === 'Tuple' && of !== undefined && type.items.every((item) => isSubtype(item, of)))
    return { ...value, type: listOf(of) };
  throw context.error(at, `'${typeText(type)}' object is not iterable`);
}

/** Stores the value once, so that the loop reads a slot. */
function keep(value: Tree, context: Context): readonly [store: Tree, slot: Tree] {
  const slot = context.freshSlot();
  return [
    { kind: 'store', slot, value, type: value.type },
    { kind: 'slot', slot, type: value.type },
  ];
}

const lengthOf = (slot: Tree): Tree => ({ kind: 'inline', template: '$0.length', args: [slot], type: INT });

/** The template of the element that a loop is at. */
export const ELEMENT = '$0[$1]';

function elementOf(slot: Tree, counter: Tree): Tree {
  const type = slot.type.kind === 'List' ? slot.type.of : STR;
  return { kind: 'inline', template: ELEMENT, args: [slot, counter], type };
}

function iterateRange(args: readonly Expression[], counter: Tree, at: Span, context: Context): Iteration {
  const numbers = args.map((arg) => checkAs(arg, INT, context, 'an argument of range'));
  if (numbers.length === 1) {
    const [store, slot] = keep(numbers[0]!, context);
    return { setup: [store], limits: [slot], element: counter };
  }
  const [start, stop, step = { kind: 'constant', value: 1, type: INT } as const] = numbers;
  if (start === undefined || stop === undefined || numbers.length > 3)
    throw context.error(at, 'range takes one to three ints');
  const [storeStart, startSlot] = keep(start, context);
  const [storeStop, stopSlot] = keep(stop, context);
  const [storeStep, stepSlot] = keep(step, context);
  const [storeCount, count] = keep(call('prim::range_length', [startSlot, stopSlot, stepSlot], at, context), context);
  const element: Tree = { kind: 'inline', template: '($0 + $1 * $2)', args: [startSlot, counter, stepSlot], type: INT };
  return { setup: [storeStart, storeStop, storeStep, storeCount], limits: [count], element };
}

function iterateEnumerate(args: readonly Expression[], counter: Tree, at: Span, context: Context): Iteration {
  const [iterable, start] = args;
  if (iterable === undefined || args.length > 2) throw context.error(at, 'enumerate takes one value, and a start');
  const inner = iterate(iterable, counter, context);
  if (start === undefined) return { ...inner, element: pair(counter, inner.element) };
  const [store, slot] = keep(checkAs(start, INT, context, 'the start of enumerate'), context);
  const number: Tree = { kind: 'inline', template: '($0 + $1)', args: [slot, counter], type: INT };
  return { ...inner, setup: [...inner.setup, store], element: pair(number, inner.element) };
}

function iterateZip(args: readonly Expression[], counter: Tree, at: Span, context: Context): Iteration {
  const parts = args.map((arg) => iterate(arg, counter, context));
  if (parts.length === 0) throw context.error(at, 'zip takes at least one value');
  const elements = parts.map((part) => part.element);
  return {
    setup: parts.flatMap((part) => part.setup),
    limits: parts.flatMap((part) => part.limits),
    element: { kind: 'tuple', items: elements, type: tupleOf(elements.map((element) => element.type)) },
  };
}

const pair = (a: Tree, b: Tree): Tree => ({ kind: 'tuple', items: [a, b], type: tupleOf([a.type, b.type]) });
