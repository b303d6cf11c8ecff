// Third pass, calls: of script functions, of operators by name or as methods, and of the few that have rules of their own.
import type { Span } from '../source.ts';
import { operatorsNamed } from '../operators/table.ts';
import type { Expression } from '../syntax/ast.ts';
import { checkAs, checkExpression } from './check-expression.ts';
import { call } from './operator-call.ts';
import type { Context, FunctionSignature } from './context.ts';
import { MODULES } from './constants.ts';
import { convert } from './convert.ts';
import type { ModuleInstance } from './function-unit.ts';
import { dottedName, rootOf } from './dotted-name.ts';
import type { KeywordArgument } from './overloads.ts';
import { SPECIAL_CALLS, specialMethod } from './special-calls.ts';
import type { Tree } from './tree.ts';
import { typeText, type Type } from './type.ts';

export type CallExpression = Expression & { readonly kind: 'call' };

/** Python's functions that are operators of another name. */
const BUILTINS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    int: 'Int',
    float: 'Float',
    bool: 'Bool',
    len: 'len',
    abs: 'abs',
    min: 'min',
    max: 'max',
    sum: 'prim::sum',
    round: 'round',
    sorted: 'sorted',
    any: 'prim::any',
    all: 'prim::all',
    ord: 'ord',
    chr: 'chr',
    pow: 'pow',
    divmod: 'divmod',
  }),
);

export function checkCall(expression: CallExpression, context: Context, expected: Type | undefined): Tree {
  const { callee } = expression;
  const path = dottedName(callee);
  const isFree = path !== undefined && context.scope.get(rootOf(path)) === undefined;
  if (isFree) return callNamed(path, expression, context, expected);
  const held = callee.kind === 'name' ? context.scope.get(callee.name)?.current : undefined;
  if (held?.kind === 'Function') return callNamed(held.name, expression, context, expected);
  if (callee.kind === 'attribute') return callMethod(callee, expression, context, expected);
  throw context.error(callee.at, 'this cannot be called');
}

function callNamed(path: string, expression: CallExpression, context: Context, expected: Type | undefined): Tree {
  const special = SPECIAL_CALLS.get(path);
  const signature = context.program.signatureOf(path, context, expression.callee.at);
  if (signature !== undefined) return callFunction(signature, expression, context);
  if (special !== undefined) return special(expression, context, expected);
  const operator = path.includes('.') ? operatorOf(path) : BUILTINS.get(path);
  if (operator === undefined) {
    // A method of a value that is no variable, as "…".format; or nothing that is known.
    const { callee } = expression;
    if (callee.kind === 'attribute') return callMethod(callee, expression, context, expected);
    throw context.error(callee.at, `undefined value ${path}`);
  }
  const args = expression.args.map((arg) => checkExpression(arg, context));
  return call(operator, args, expression.callee.at, context, checkKeywords(expression, context));
}

/** torch.nn.functional.relu → relu; math.sqrt → math::sqrt; redis.asList → redis::asList. */
function operatorOf(path: string): string | undefined {
  const parts = path.split('.');
  if (!MODULES.has(parts[0]!)) return undefined;
  const name = parts.at(-1)!;
  // Some functions of torch.nn.functional take their arguments in another order than the operators of the same name.
  if (path.startsWith('torch.nn.functional.') && operatorsNamed(`functional::${name}`).length > 0)
    return `functional::${name}`;
  return parts[0] === 'torch' ? name : `${parts.slice(parts[0] === 'ops' ? 1 : 0, -1).join('.')}::${name}`;
}

function callMethod(
  callee: Expression & { kind: 'attribute' },
  expression: CallExpression,
  context: Context,
  expected: Type | undefined,
): Tree {
  const object = checkExpression(callee.object, context);
  if (object.type.kind === 'Module') return callModule(object.type.instance, callee.name, expression, context);
  const special = specialMethod(object, callee.name, expression, context, expected);
  if (special !== undefined) return special;
  if (object.type.kind === 'Optional')
    throw context.error(
      callee.at,
      `${typeText(object.type)} has no method ${callee.name}: check that it is not None first`,
    );
  const args = [object, ...expression.args.map((arg) => checkExpression(arg, context))];
  return call(callee.name, args, callee.at, context, checkKeywords(expression, context));
}

/** A method of a part of a saved module. */
function callModule(instance: ModuleInstance, method: string, expression: CallExpression, context: Context): Tree {
  const name = `${instance.name}.${method}`;
  const signature = context.program.signatureOf(name, context, expression.callee.at);
  if (signature === undefined) throw context.refuse(expression.callee.at, `the method ${method} here`);
  return callFunction(signature, expression, context);
}

export function checkKeywords({ keywords }: CallExpression, context: Context): KeywordArgument[] {
  return keywords.map(({ name, value }) => ({ name, value: checkExpression(value, context) }));
}

function callFunction(signature: FunctionSignature, expression: CallExpression, context: Context): Tree {
  const { args, keywords, callee } = expression;
  const { parameters, name } = signature;
  const positional = parameters.filter((parameter) => !parameter.keywordOnly);
  if (args.length > positional.length)
    throw context.error(callee.at, `${name}() takes ${positional.length} arguments but ${args.length} were given`);
  const stray = keywords.find(
    (keyword) => !parameters.slice(args.length).some((parameter) => parameter.name === keyword.name),
  );
  if (stray !== undefined) throw context.error(stray.at, `${name}() has no further parameter ${stray.name}`);
  const values = parameters.map((parameter, i) => {
    const given = args[i] ?? keywords.find((keyword) => keyword.name === parameter.name)?.value;
    if (given !== undefined) return checkAs(given, parameter.type, context, `parameter ${parameter.name} of ${name}()`);
    return defaultOf(parameter.default, parameter.type, parameter.name, callee.at, context);
  });
  context.callees.add(name);
  return { kind: 'call', name, args: values, type: signature.returns };
}

function defaultOf(value: Expression | undefined, type: Type, name: string, at: Span, context: Context): Tree {
  if (value === undefined) throw context.error(at, `missing value for argument ${name}`);
  const converted = convert(checkExpression(value, context, type), type);
  if (converted === undefined) throw context.error(value.at, `the default of ${name} is no ${typeText(type)}`);
  return converted;
}
