// Third pass, calls whose meaning depends on the types of what they are given, or that take any number of arguments.
import type { Expression } from '../syntax/ast.ts';
import type { Span } from '../source.ts';
import { listOperator } from '../operators/tensor/nested-list.ts';
import { typeOf } from './annotation.ts';
import type { CallExpression } from './check-call.ts';
import { memberOf } from './check-attribute.ts';
import { checkAs, checkExpression } from './check-expression.ts';
import { call, textTree } from './operator-call.ts';
import { listFrom } from './check-loop.ts';
import type { Context } from './context.ts';
import type { Tree } from './tree.ts';
import { BOOL, DEVICE, dictOf, isSubtype, listOf, STR, TENSOR, typeText, type Type } from './type.ts';

type SpecialCall = (call: CallExpression, context: Context, expected: Type | undefined) => Tree;

export const SPECIAL_CALLS: ReadonlyMap<string, SpecialCall> = new Map(
  Object.entries({
    str: ({ args, at }, context) => textTree(checkExpression(only(args, at, context), context), at),
    float: checkFloat,
    print: checkPrint,
    isinstance: checkIsInstance,
    list: checkListCall,
    dict: (_, __, expected) => ({
      kind: 'dict',
      entries: [],
      type: expected?.kind === 'Dict' ? expected : dictOf(STR, TENSOR),
    }),
    annotate: checkAnnotate,
    'torch.jit.annotate': checkAnnotate,
    unchecked_cast: checkCast,
    uninitialized: checkUninitialized,
    getattr: checkGetAttribute,
    'torch.device': ({ args, at }, context) => ({
      ...checkAs(only(args, at, context), STR, context, 'a device'),
      type: DEVICE,
    }),
    'redis.execute': checkExecute,
    // As serialized modules write what scripts write with a method, a name or an operator.
    'torch.format': ({ args, callee }, context) => formatted(args, callee.at, context),
    'torch.str': ({ args, at }, context) => textTree(checkExpression(only(args, at, context), context), at),
    'torch.__is__': (call, context) => checkIdentity(call, true, context),
    'torch.__isnot__': (call, context) => checkIdentity(call, false, context),
  }),
);

/** Methods with rules of their own: "…{}…".format takes anything, and tolist gives what it is asked for. */
export function specialMethod(
  object: Tree,
  name: string,
  expression: CallExpression,
  context: Context,
  expected: Type | undefined,
): Tree | undefined {
  if (name === 'tolist' && object.type.kind === 'Tensor')
    return toList(object, expected, expression.callee.at, context);
  if (name !== 'format' || object.type.kind !== 'str') return undefined;
  const texts = expression.args.map((arg) => textTree(checkExpression(arg, context), arg.at));
  return call('format', [object, listTree(texts)], expression.callee.at, context);
}

/** str.format as a function: the template first. */
function formatted(args: readonly Expression[], at: Span, context: Context): Tree {
  const [template, ...values] = args;
  if (template === undefined) throw context.error(at, 'format takes a template');
  const texts = values.map((value) => textTree(checkExpression(value, context), value.at));
  return call('format', [checkExpression(template, context), listTree(texts)], at, context);
}

const listTree = (texts: readonly Tree[]): Tree => ({ kind: 'list', items: texts, type: listOf(STR) });

function checkIdentity({ args, at }: CallExpression, positive: boolean, context: Context): Tree {
  const [left, right] = args;
  if (left === undefined || right?.kind !== 'none') throw context.refuse(at, "'is' with anything but None");
  const template = positive ? '($0 === null)' : '($0 !== null)';
  return { kind: 'inline', template, args: [checkExpression(left, context)], type: BOOL };
}

function toList(object: Tree, expected: Type | undefined, at: Span, context: Context): Tree {
  if (expected === undefined) throw context.error(at, 'Expected type hint for result of tolist()');
  return { kind: 'operator', operator: listOperator(expected), args: [object], at, type: expected };
}

function only(args: readonly Expression[], at: Span, context: Context): Expression {
  if (args.length !== 1) throw context.error(at, `one argument is expected, ${args.length} are given`);
  return args[0]!;
}

/** float(str(value)) of what Redis gave reads the number that the value keeps of itself, without making the text again. */
function checkFloat({ args, at, callee }: CallExpression, context: Context): Tree {
  const value = checkExpression(only(args, at, context), context);
  const isText = value.kind === 'operator' && value.operator.name === 'str' && value.args[0]!.type.kind === 'Any';
  return isText ? call('redis::number', value.args, callee.at, context) : call('Float', [value], callee.at, context);
}

function checkPrint({ args, at }: CallExpression, context: Context): Tree {
  const texts = args.map((arg) => textTree(checkExpression(arg, context), arg.at));
  return call('prim::print', [listTree(texts)], at, context);
}

function checkIsInstance({ args, at }: CallExpression, context: Context): Tree {
  const [object, annotation] = args;
  if (object === undefined || annotation === undefined) throw context.error(at, 'isinstance takes a value and a type');
  const value = checkExpression(object, context);
  const types = (annotation.kind === 'tuple' ? annotation.items : [annotation]).map((each) =>
    typeOf(each, context.source),
  );
  if (value.type.kind === 'Any') {
    const test = types.length === 1 ? ANY_TESTS.get(typeText(types[0]!)) : undefined;
    if (test === undefined)
      throw context.refuse(at, `isinstance of a redis value with ${types.map(typeText).join(', ')}`);
    return call(test, [value], at, context);
  }
  return { kind: 'constant', value: types.some((type) => isSubtype(value.type, type)), type: BOOL };
}

const ANY_TESTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    str: 'redis::isStr',
    int: 'redis::isInt',
    'List[Any]': 'redis::isList',
  }),
);

function checkListCall({ args, at }: CallExpression, context: Context, expected: Type | undefined): Tree {
  if (args.length === 0)
    return { kind: 'list', items: [], type: expected?.kind === 'List' ? expected : listOf(TENSOR) };
  return listFrom(only(args, at, context), context);
}

function checkAnnotate({ args, at }: CallExpression, context: Context): Tree {
  const [annotation, value] = args;
  if (annotation === undefined || value === undefined) throw context.error(at, 'annotate takes a type and a value');
  return checkAs(value, typeOf(annotation, context.source), context, 'annotate');
}

/** Only in serialized modules, which write down the refinements that the compiler of the module had found. */
function checkCast({ args, at }: CallExpression, context: Context): Tree {
  const [annotation, value] = args;
  if (annotation === undefined || value === undefined)
    throw context.error(at, 'unchecked_cast takes a type and a value');
  const type = typeOf(annotation, context.source);
  const tree = checkExpression(value, context, type);
  if (!isSubtype(type, tree.type))
    throw context.error(at, `${typeText(tree.type)} cannot be cast to ${typeText(type)}`);
  return { ...tree, type };
}

/** Serialized modules write it where no value ever gets to: behind a raise. */
function checkUninitialized({ args, at }: CallExpression, context: Context): Tree {
  return { kind: 'constant', value: null, type: typeOf(only(args, at, context), context.source) };
}

/** Names of parts that are no identifiers, as the numbers of a list of modules. */
function checkGetAttribute({ args, at }: CallExpression, context: Context): Tree {
  const [object, name] = args;
  if (object === undefined || name?.kind !== 'str') throw context.error(at, 'getattr takes a value and a name');
  const { type } = checkExpression(object, context);
  if (type.kind !== 'Module') throw context.refuse(at, 'getattr here');
  return memberOf(type.instance, name.value, at, context);
}

/** The command and its arguments as texts; a list of texts stands for as many arguments. */
function checkExecute({ args, at, callee }: CallExpression, context: Context): Tree {
  const [command, ...rest] = args;
  if (command === undefined) throw context.error(at, 'redis.execute takes a command');
  const trees = rest.map((arg) => {
    const tree = checkExpression(arg, context);
    if (tree.type.kind === 'List' && tree.type.of.kind === 'str') return tree;
    if (!['str', 'int', 'float', 'Any'].includes(tree.type.kind))
      throw context.error(arg.at, `redis.execute takes no ${typeText(tree.type)}`);
    return textTree(tree, arg.at);
  });
  const template = `[${trees.map((tree, i) => (tree.type.kind === 'List' ? `...$${i}` : `$${i}`)).join(', ')}]`;
  const list: Tree = { kind: 'inline', template, args: trees, type: listOf(STR) };
  return call('redis::execute', [checkAs(command, STR, context, 'a command'), list], callee.at, context);
}
