// The variables that a block may assign: what is known of them before a loop does not hold inside it.
import type { Block, Expression, Statement } from '../syntax/ast.ts';

export function assignedNames(block: Block): Set<string> {
  const names = new Set<string>();
  for (const statement of block) addFrom(statement, names);
  return names;
}

function addFrom(statement: Statement, names: Set<string>): void {
  const blocks: Block[] = [];
  switch (statement.kind) {
    case 'assign':
      for (const target of statement.targets) addTarget(target, names);
      break;
    case 'augment':
      addTarget(statement.target, names);
      break;
    case 'for':
      addTarget(statement.target, names);
      blocks.push(statement.body);
      break;
    case 'while':
      blocks.push(statement.body);
      break;
    case 'if':
      blocks.push(statement.then, statement.otherwise);
      break;
    default:
  }
  for (const block of blocks) for (const inner of block) addFrom(inner, names);
}

function addTarget(target: Expression, names: Set<string>): void {
  if (target.kind === 'name') names.add(target.name);
  if (target.kind === 'tuple' || target.kind === 'list') for (const item of target.items) addTarget(item, names);
}
