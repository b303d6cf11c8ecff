// Fourth pass: checked trees to the text of a JavaScript function. Everything in the text comes from tables and slots of
// this program or is written by JSON.stringify; no text of a script gets into it any other way.
//
// What cannot be written down (operators' functions, prepared values) goes into a pool, whose entries the text names k0, k1, ….
// Before an operator runs, the last argument of its call stores where in the source it stands: `f(a, b, (at = 7))`.
import type { CheckedFunction } from '../check/check-script.ts';
import type { ForTree, FunctionTree, StatementTree, Tree } from '../check/tree.ts';
import type { Source, Span } from '../source.ts';

/** Where an error can come from: the place, and the function around it. */
export interface Position {
  readonly source: Source;
  readonly at: Span;
  readonly functionName: string;
}

export interface GeneratedScript {
  /** The body of a function of `pool`; it returns a ScriptInstance. */
  readonly text: string;
  readonly pool: readonly unknown[];
  readonly positions: readonly Position[];
}

/** @param moreSteps asked when the steps that the run began with are used up: gives more, or throws */
export function generateScript(functions: Iterable<CheckedFunction>, moreSteps: () => number): GeneratedScript {
  const writer = new Writer(moreSteps);
  const names: string[] = [];
  const bodies: string[] = [];
  for (const { tree } of functions) {
    names.push(tree.name);
    bodies.push(writer.functionText(tree));
  }
  const constants = writer.pool.map((_, i) => `k${i} = pool[${i}]`);
  const text = [
    "'use strict';",
    `const ${constants.join(', ')};`,
    'let at = -1, steps = 0, host = null;',
    ...bodies,
    `return { functions: new Map([${names.map((name) => `[${JSON.stringify(name)}, ${functionSlot(name)}]`).join(', ')}]),`,
    '  begin(h, n) { host = h; steps = n; at = -1; }, position() { return at; } };',
  ].join('\n');
  return { text, pool: writer.pool, positions: writer.positions };
}

/** Dotted names have dollars for the dots, which no name of a script has. */
const functionSlot = (name: string): string => `f_${name.replace(/\W/g, '$$')}`;

class Writer {
  readonly pool: unknown[] = [];
  readonly positions: Position[] = [];
  readonly #pooled = new Map<unknown, string>();
  readonly #step: string;
  #function: FunctionTree | undefined;

  constructor(moreSteps: () => number) {
    this.#step = `if (--steps < 0) steps = ${this.#keep(moreSteps)}() - 1;`;
  }

  functionText(tree: FunctionTree): string {
    const { name, parameters, slots, body } = tree;
    this.#function = tree;
    const variables = slots.length === 0 ? '' : `let ${slots.join(', ')};`;
    return `function ${functionSlot(name)}(${parameters.join(', ')}) {\n${this.#step}${variables}\n${this.#block(body)}\nreturn null;\n}`;
  }

  #block(statements: readonly StatementTree[]): string {
    return statements.map((statement) => this.#statement(statement)).join('\n');
  }

  #statement(statement: StatementTree): string {
    switch (statement.kind) {
      case 'do':
        return `${this.#tree(statement.value)};`;
      case 'if':
        return `if (${this.#tree(statement.condition)}) {\n${this.#block(statement.then)}\n} else {\n${this.#block(statement.otherwise)}\n}`;
      case 'while':
        return `while (${this.#tree(statement.condition)}) {\n${this.#step}\n${this.#block(statement.body)}\n}`;
      case 'for':
        return this.#for(statement, this.#block(statement.body));
      case 'return':
        return `return ${this.#tree(statement.value)};`;
      case 'break':
        return 'break;';
      case 'continue':
        return 'continue;';
    }
  }

  #for({ setup, counter, limits, bind }: ForTree, body: string): string {
    const before = setup.map((tree) => `${this.#tree(tree)};`).join(' ');
    const condition = limits.map((limit) => `${counter} < ${this.#tree(limit)}`).join(' && ');
    const binding = bind.map((tree) => `${this.#tree(tree)};`).join(' ');
    return `${before}\nfor (${counter} = 0; ${condition}; ${counter}++) {\n${this.#step} ${binding}\n${body}\n}`;
  }

  #tree(tree: Tree): string {
    switch (tree.kind) {
      case 'constant':
        return literal(tree.value);
      case 'pooled':
        return this.#keep(tree.value);
      case 'slot':
        return tree.slot;
      case 'store':
        return `(${tree.slot} = ${this.#tree(tree.value)})`;
      case 'operator':
        return this.#operator(tree);
      case 'call':
        return `${functionSlot(tree.name)}(${this.#trees(tree.args)})`;
      case 'inline':
        return tree.template.replace(/\$(\d+)/g, (_, index: string) => this.#tree(tree.args[Number(index)]!));
      case 'list':
      case 'tuple':
        return `[${this.#trees(tree.items)}]`;
      case 'dict':
        return `new Map([${tree.entries.map(([key, value]) => `[${this.#tree(key)}, ${this.#tree(value)}]`).join(', ')}])`;
      case 'comprehension':
        return this.#comprehension(tree);
    }
  }

  #trees(trees: readonly Tree[]): string {
    return trees.map((tree) => this.#tree(tree)).join(', ');
  }

  #operator({ operator, args, at }: Tree & { kind: 'operator' }): string {
    const { source, shownName } = this.#function!;
    const position = this.positions.push({ source, at, functionName: shownName }) - 1;
    const host = operator.needsHost ? ['host'] : [];
    const all = [...host, ...args.map((arg) => this.#tree(arg)), `(at = ${position})`];
    return `${this.#keep(operator.run)}(${all.join(', ')})`;
  }

  #comprehension({ loop, item, key, condition }: Tree & { kind: 'comprehension' }): string {
    const result = `r_${loop.counter}`;
    const add =
      key === undefined
        ? `${result}.push(${this.#tree(item)});`
        : `${result}.set(${this.#tree(key)}, ${this.#tree(item)});`;
    const body = condition === undefined ? add : `if (${this.#tree(condition)}) ${add}`;
    return `(() => { const ${result} = ${key === undefined ? '[]' : 'new Map()'}; ${this.#for(loop, body)} return ${result}; })()`;
  }

  #keep(value: unknown): string {
    const known = this.#pooled.get(value);
    if (known !== undefined) return known;
    const name = `k${this.pool.push(value) - 1}`;
    this.#pooled.set(value, name);
    return name;
  }
}

/** JSON is JavaScript, but for the numbers that it lacks. Negative ones in brackets: 2 - -3, -2 ** 2. */
function literal(value: number | string | boolean | null): string {
  if (typeof value !== 'number') return JSON.stringify(value);
  if (Number.isNaN(value)) return 'NaN';
  return Object.is(value, -0) ? '(-0)' : `(${value})`;
}
