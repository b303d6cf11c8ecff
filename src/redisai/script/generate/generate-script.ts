// Fourth pass: checked trees to the text of a JavaScript function. Everything in the text comes from tables and slots of
// this program or is written by JSON.stringify; no text of a script gets into it any other way.
//
// What cannot be written down (operators' functions, prepared values) goes into a pool, whose entries the text names k0, k1, ….
// Before an operator runs, the last argument of its call stores where in the source it stands: `f(a, b, (at = 7))`.
import type { CheckedFunction } from '../check/check-script.ts';
import type { ForTree, FunctionTree, StatementTree, Tree } from '../check/tree.ts';
import { appendNumbers, FloatBuffer, listOfNumbers } from '../operators/float-buffer.ts';
import { FOR_BUFFERS_TOO } from '../operators/lists.ts';
import { numbersOf } from '../operators/redis.ts';
import { tensorOfFloats } from '../operators/tensor/float-tensor.ts';
import type { Source, Span } from '../source.ts';
import { floatTensorOf } from './float-tensor-call.ts';
import { shapeOf, type FunctionShape, type NumberLoop } from './number-loops.ts';

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

/** What a run may take: asked when the steps that it began with are used up, or for many steps at once. */
export interface StepSource {
  /** Gives more, or throws. */
  more(): number;
  /** False where so many cannot be had at once. */
  take(steps: number): boolean;
}

export function generateScript(functions: Iterable<CheckedFunction>, budget: StepSource): GeneratedScript {
  const writer = new Writer(budget);
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
    `  begin(h, n) { host = h; steps = n; at = -1; ${writer.clearing} }, position() { return at; } };`,
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
  readonly #takeSteps: string;
  #function: FunctionTree | undefined;
  #shape: FunctionShape | undefined;
  /** The names of FloatBuffers by the slots that they stand for, in the function that is being written. */
  #buffers: ReadonlyMap<string, string> = new Map();
  readonly #allBuffers: string[] = [];

  constructor(budget: StepSource) {
    this.#step = `if (--steps < 0) steps = ${this.#keep(() => budget.more())}() - 1;`;
    this.#takeSteps = this.#keep((steps: number) => budget.take(steps));
  }

  /** What a run begins and ends with, so that no list outlives it. */
  get clearing(): string {
    return this.#allBuffers.map((buffer) => `${buffer}.clear();`).join(' ');
  }

  functionText(tree: FunctionTree): string {
    const { name, parameters, slots, body } = tree;
    this.#function = tree;
    this.#shape = shapeOf(tree);
    this.#buffers = new Map(this.#shape.floatLists.map((slot) => [slot, this.#keep(new FloatBuffer())]));
    this.#allBuffers.push(...this.#buffers.values());
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
        return this.#loop(statement);
      case 'return':
        return `return ${this.#tree(statement.value)};`;
      case 'break':
        return 'break;';
      case 'continue':
        return 'continue;';
    }
  }

  #loop(loop: ForTree): string {
    const body = this.#block(loop.body);
    const found = this.#shape!.appending.get(loop);
    if (found === undefined) return this.#for(loop, body);
    const buffer = this.#buffers.get(found.list.slot);
    const all = buffer === undefined ? `${this.#keep(appendNumbers)}(${found.list.slot}, n)` : `${buffer}.append(n)`;
    return this.#numbersAtOnce(found, loop, `${all};`, (items) => this.#for(items, body));
  }

  /** `all` where the numbers of the list can be had at once, as n; what is written for the items one by one where not. */
  #numbersAtOnce(
    { asList, kept, number }: NumberLoop,
    loop: ForTree,
    all: string,
    oneByOne: (loop: ForTree) => string,
  ): string {
    const slot: Tree = { kind: 'slot', slot: kept, type: asList.args[0]!.type };
    const setup: Tree = { kind: 'store', slot: kept, value: { ...asList, args: [slot] }, type: asList.type };
    const numbers = `${kept} = ${this.#tree(asList.args[0]!)}; const n = ${this.#keep(numbersOf)}(${kept});`;
    const at = `at = ${this.#position(number.at)};`;
    const otherwise = oneByOne({ ...loop, setup: [setup] });
    return `{ ${numbers}\nif (n !== undefined && ${this.#takeSteps}(n.length)) { ${at} ${all} } else {\n${otherwise}\n} }`;
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
        return this.#buffers.has(tree.slot) ? `${this.#buffers.get(tree.slot)!}.list()` : tree.slot;
      case 'store':
        return this.#store(tree);
      case 'operator':
        return this.#operator(tree);
      case 'call':
        return `${functionSlot(tree.name)}(${this.#trees(tree.args)})`;
      case 'inline':
        return this.#inline(tree);
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

  #store({ slot, value }: Tree & { kind: 'store' }): string {
    const buffer = this.#buffers.get(slot);
    if (buffer === undefined) return `(${slot} = ${this.#tree(value)})`;
    if (value.kind === 'list' && value.items.length === 0) return `${buffer}.clear()`;
    return `${buffer}.hold(${this.#tree(value)})`;
  }

  #inline({ template, args }: Tree & { kind: 'inline' }): string {
    const buffer = this.#bufferOf(args[0]);
    const first = FOR_BUFFERS_TOO.includes(template) ? buffer : undefined;
    return template.replace(/\$(\d+)/g, (_, index: string) =>
      index === '0' && first !== undefined ? first : this.#tree(args[Number(index)]!),
    );
  }

  #bufferOf(tree: Tree | undefined): string | undefined {
    return tree?.kind === 'slot' ? this.#buffers.get(tree.slot) : undefined;
  }

  #operator(tree: Tree & { kind: 'operator' }): string {
    const { operator, args, at } = tree;
    const position = `(at = ${this.#position(at)})`;
    const floats = floatTensorOf(tree);
    const buffer = this.#bufferOf(floats?.list);
    if (floats !== undefined && buffer !== undefined) {
      return `${this.#keep(tensorOfFloats)}(${[buffer, this.#tree(floats.part), this.#tree(floats.dtype), position].join(', ')})`;
    }
    const host = operator.needsHost ? ['host'] : [];
    const all = [...host, ...args.map((arg) => this.#tree(arg)), position];
    return `${this.#keep(operator.run)}(${all.join(', ')})`;
  }

  #position(at: Span): number {
    const { source, shownName } = this.#function!;
    return this.positions.push({ source, at, functionName: shownName }) - 1;
  }

  #comprehension(tree: Tree & { kind: 'comprehension' }): string {
    const found = this.#shape!.comprehensions.get(tree);
    if (found === undefined) return `(() => { ${this.#comprehended(tree, tree.loop)} })()`;
    const all = `return ${this.#keep(listOfNumbers)}(n);`;
    return `(() => { ${this.#numbersAtOnce(found, tree.loop, all, (loop) => this.#comprehended(tree, loop))} })()`;
  }

  #comprehended({ item, key, condition }: Tree & { kind: 'comprehension' }, loop: ForTree): string {
    const result = `r_${loop.counter}`;
    const add =
      key === undefined
        ? `${result}.push(${this.#tree(item)});`
        : `${result}.set(${this.#tree(key)}, ${this.#tree(item)});`;
    const body = condition === undefined ? add : `if (${this.#tree(condition)}) ${add}`;
    return `const ${result} = ${key === undefined ? '[]' : 'new Map()'}; ${this.#for(loop, body)} return ${result};`;
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
