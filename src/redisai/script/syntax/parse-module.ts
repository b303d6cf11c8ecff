// Second pass, for the code in saved modules: a list of classes and functions, as torch writes them.
import type { Source } from '../source.ts';
import type { Expression, FunctionDefinition, Statement } from './ast.ts';
import { parseFunction } from './parse-script.ts';
import { parseStatement } from './parse-statement.ts';
import { TokenReader } from './token-reader.ts';

export interface ClassDefinition {
  readonly name: string;
  /** Types of the attributes that are no parts of the module, by name. */
  readonly attributes: ReadonlyMap<string, Expression>;
  readonly methods: readonly FunctionDefinition[];
}

export interface ModuleCode {
  readonly classes: readonly ClassDefinition[];
  readonly functions: readonly FunctionDefinition[];
}

export function parseModuleCode(source: Source): ModuleCode {
  const reader = new TokenReader(source);
  const classes: ClassDefinition[] = [];
  const functions: FunctionDefinition[] = [];
  while (!reader.seesKind('end')) {
    if (reader.accept('class')) classes.push(parseClass(reader));
    else if (reader.accept('import')) skipLine(reader);
    else functions.push(parseFunction(reader));
  }
  return { classes, functions };
}

/** Names in full say where they are from: what is imported needs no saying. */
function skipLine(reader: TokenReader): void {
  while (!reader.acceptKind('newline')) reader.next();
}

function parseClass(reader: TokenReader): ClassDefinition {
  const name = reader.expectKind('name').text;
  const attributes = new Map<string, Expression>();
  const methods: FunctionDefinition[] = [];
  reader.expect('(');
  while (!reader.accept(')')) reader.next();
  reader.expect(':');
  reader.expectKind('newline');
  if (!reader.acceptKind('indent')) throw reader.unexpected('the inside of a class');
  while (!reader.acceptKind('dedent')) {
    if (reader.sees('def')) methods.push(parseFunction(reader));
    else for (const statement of parseStatement(reader)) noteAttribute(statement, attributes);
  }
  return { name, attributes, methods };
}

/** `weight : Tensor`, `p : Final[float] = 0.5`; lists of names like __parameters__ say nothing new. */
function noteAttribute(statement: Statement, attributes: Map<string, Expression>): void {
  if (statement.kind === 'declare') attributes.set(statement.name, statement.annotation);
  if (statement.kind !== 'assign' || statement.annotation === undefined) return;
  const [target] = statement.targets;
  if (target?.kind === 'name') attributes.set(target.name, statement.annotation);
}
