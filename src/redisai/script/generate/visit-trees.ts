// Every tree of a function, each before the trees in it.
import type { ForTree, StatementTree, Tree } from '../check/tree.ts';

export type Visit = (tree: Tree | ForTree) => void;

export function visitStatements(statements: readonly StatementTree[], visit: Visit): void {
  for (const statement of statements) visitStatement(statement, visit);
}

function visitStatement(statement: StatementTree, visit: Visit): void {
  switch (statement.kind) {
    case 'do':
    case 'return':
      visitTree(statement.value, visit);
      break;
    case 'if':
      visitTree(statement.condition, visit);
      visitStatements(statement.then, visit);
      visitStatements(statement.otherwise, visit);
      break;
    case 'while':
      visitTree(statement.condition, visit);
      visitStatements(statement.body, visit);
      break;
    case 'for':
      visitLoop(statement, visit);
      break;
    case 'break':
    case 'continue':
      break;
  }
}

function visitLoop(loop: ForTree, visit: Visit): void {
  visit(loop);
  for (const tree of [...loop.setup, ...loop.limits, ...loop.bind]) visitTree(tree, visit);
  visitStatements(loop.body, visit);
}

function visitTree(tree: Tree, visit: Visit): void {
  visit(tree);
  if (tree.kind === 'comprehension') visitLoop(tree.loop, visit);
  for (const inner of treesIn(tree)) visitTree(inner, visit);
}

/** Those of a loop in it excepted. */
function treesIn(tree: Tree): readonly Tree[] {
  switch (tree.kind) {
    case 'store':
      return [tree.value];
    case 'operator':
    case 'call':
    case 'inline':
      return tree.args;
    case 'list':
    case 'tuple':
      return tree.items;
    case 'dict':
      return tree.entries.flat();
    case 'comprehension':
      return [tree.item, tree.key, tree.condition].filter((each) => each !== undefined);
    case 'constant':
    case 'pooled':
    case 'slot':
      return [];
  }
}
