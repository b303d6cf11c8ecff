// Third pass, statements and blocks: checks each in order, and tells whether the end of the block can be reached.
import type { Block, Expression, Statement } from '../syntax/ast.ts';
import { raiseAssertion } from '../operators/assertion.ts';
import { typeOf } from './annotation.ts';
import { assignName, assignTo, augment } from './assign.ts';
import { assignedNames } from './assigned-names.ts';
import { checkCondition, checkExpression } from './check-expression.ts';
import { textTree } from './operator-call.ts';
import { checkFor } from './check-loop.ts';
import type { Context } from './context.ts';
import { convert } from './convert.ts';
import { refinementsOf } from './refine.ts';
import type { Scope } from './scope.ts';
import type { StatementTree, Tree } from './tree.ts';
import { NONE, STR, typeText } from './type.ts';

export interface CheckedBlock {
  readonly statements: readonly StatementTree[];
  /** False where every way through the block returns or leaves the loop. */
  readonly ends: boolean;
}

type Of<K extends Statement['kind']> = Statement & { readonly kind: K };
type Check<K extends Statement['kind']> = (statement: Of<K>, context: Context) => CheckedBlock;

const goesOn = (...statements: StatementTree[]): CheckedBlock => ({ statements, ends: true });
const leaves = (...statements: StatementTree[]): CheckedBlock => ({ statements, ends: false });
const all = (trees: readonly Tree[]): CheckedBlock => goesOn(...trees.map((value) => ({ kind: 'do', value }) as const));

const CHECKS: { readonly [K in Statement['kind']]: Check<K> } = {
  expression: ({ value }, context) => all([checkExpression(value, context)]),
  assign: checkAssign,
  declare: (statement, context) => {
    throw context.refuse(statement.at, 'a declaration without a value');
  },
  augment: ({ target, operator, value }, context) => all(augment(target, operator, value, context)),
  if: checkIf,
  while: checkWhile,
  for: checkForStatement,
  return: checkReturn,
  assert: checkAssert,
  raise: checkRaise,
  break: (statement, context) => leaveLoop('break', statement, context),
  continue: (statement, context) => leaveLoop('continue', statement, context),
  pass: () => goesOn(),
};

export function checkBlock(block: Block, context: Context): CheckedBlock {
  const statements: StatementTree[] = [];
  for (const statement of block) {
    const check = CHECKS[statement.kind] as (statement: Statement, context: Context) => CheckedBlock;
    const checked = check(statement, context);
    statements.push(...checked.statements);
    // What follows cannot be reached: TorchScript leaves it out too.
    if (!checked.ends) return { statements, ends: false };
  }
  return { statements, ends: true };
}

function checkAssign({ targets, annotation, value }: Of<'assign'>, context: Context): CheckedBlock {
  const [target] = targets;
  if (annotation !== undefined && target?.kind === 'name') {
    const type = typeOf(annotation, context.source);
    return all([assignName(target, checkExpression(value, context, type), context, type)]);
  }
  const known = target?.kind === 'name' ? context.scope.get(target.name)?.declared : undefined;
  const tree = checkExpression(value, context, known);
  if (targets.length === 1) return all(assignTo(target!, tree, context));
  const slot = context.freshSlot();
  const kept: Tree = { kind: 'slot', slot, type: tree.type };
  return all([
    { kind: 'store', slot, value: tree, type: tree.type },
    ...targets.flatMap((each) => assignTo(each, kept, context)),
  ]);
}

function checkIf({ condition, then, otherwise }: Of<'if'>, context: Context): CheckedBlock {
  const test = checkCondition(condition, context);
  const { whenTrue, whenFalse } = refinementsOf(condition, context);
  // `if torch.jit.is_scripting():` and the like are decided here, so that the other branch is not looked at.
  if (test.kind === 'constant') return checkBlock(test.value === true ? then : otherwise, context);
  const yesScope = context.scope.fork(whenTrue);
  const noScope = context.scope.fork(whenFalse);
  const yes = context.within(yesScope, () => checkBlock(then, context));
  const no = context.within(noScope, () => checkBlock(otherwise, context));
  const open: Scope[] = [];
  if (yes.ends) open.push(yesScope);
  if (no.ends) open.push(noScope);
  context.scope.adopt(open);
  const statement: StatementTree = { kind: 'if', condition: test, then: yes.statements, otherwise: no.statements };
  return { statements: [statement], ends: open.length > 0 };
}

function checkWhile({ condition, body }: Of<'while'>, context: Context): CheckedBlock {
  context.scope.widen(assignedNames(body));
  const test = checkCondition(condition, context);
  const scope = context.scope.fork(refinementsOf(condition, context).whenTrue);
  const checked = insideLoop(context, scope, () => checkBlock(body, context).statements);
  return goesOn({ kind: 'while', condition: test, body: checked });
}

function checkForStatement({ target, iterable, body }: Of<'for'>, context: Context): CheckedBlock {
  context.scope.widen(assignedNames(body));
  const scope = context.scope.fork();
  return goesOn(
    insideLoop(context, scope, () => checkFor(target, iterable, context, () => checkBlock(body, context).statements)),
  );
}

function insideLoop<T>(context: Context, scope: Scope, check: () => T): T {
  context.loopDepth++;
  const result = context.within(scope, check);
  context.loopDepth--;
  return result;
}

function leaveLoop(kind: 'break' | 'continue', statement: Statement, context: Context): CheckedBlock {
  if (context.loopDepth === 0) throw context.error(statement.at, `${kind} outside a loop`);
  return leaves({ kind });
}

function checkReturn({ value, at }: Of<'return'>, context: Context): CheckedBlock {
  const { declaredReturn } = context;
  const tree = returned(value, context);
  context.returns.push({ type: tree.type, at });
  if (declaredReturn !== undefined && typeText(tree.type) !== typeText(declaredReturn)) {
    throw context.error(
      at,
      `Return value was annotated as having type ${typeText(declaredReturn)} but is actually of type ${typeText(tree.type)}`,
    );
  }
  return leaves({ kind: 'return', value: tree });
}

function returned(value: Expression | undefined, context: Context): Tree {
  const { declaredReturn } = context;
  if (value === undefined) return { kind: 'constant', value: null, type: NONE };
  const tree = checkExpression(value, context, declaredReturn);
  return declaredReturn === undefined ? tree : (convert(tree, declaredReturn) ?? tree);
}

function checkAssert({ condition, message, at }: Of<'assert'>, context: Context): CheckedBlock {
  const test = checkCondition(condition, context);
  const text: Tree =
    message === undefined
      ? { kind: 'constant', value: '', type: STR }
      : textTree(checkExpression(message, context), message.at);
  context.scope.refine(refinementsOf(condition, context).whenTrue);
  const raise: Tree = { kind: 'operator', operator: raiseAssertion, args: [text], at, type: NONE };
  const negated: Tree = { kind: 'inline', template: '!$0', args: [test], type: test.type };
  return goesOn({ kind: 'if', condition: negated, then: [{ kind: 'do', value: raise }], otherwise: [] });
}

/** Scripts know no class of exceptions: the name is what the error is about, as it is for libtorch. */
function checkRaise({ value }: Of<'raise'>, context: Context): CheckedBlock {
  if (value.kind === 'call') checkExpression(value.callee, context);
  checkExpression(value, context);
  throw context.refuse(value.at, "'raise' (use assert)");
}
