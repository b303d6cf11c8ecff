// What the generator writes in a form of its own, because scripts that read numbers from Redis spend most of their time there:
//
//   for x in redis.asList(values): numbers.append(float(str(x)))       [float(str(x)) for x in redis.asList(values)]
//
// A RedisList has its numbers at hand, so that all turns of such a loop are one copy. And a list that is filled so is kept in
// a FloatBuffer, where it is a variable of the function.
import { ELEMENT } from '../check/check-loop.ts';
import type { ForTree, FunctionTree, Tree } from '../check/tree.ts';
import { typeText } from '../check/type.ts';
import { APPEND } from '../operators/lists.ts';
import { visitStatements } from './visit-trees.ts';

type OperatorTree = Tree & { readonly kind: 'operator' };
type Comprehension = Tree & { readonly kind: 'comprehension' };
type Slot = Tree & { readonly kind: 'slot' };

/** A loop over redis.asList(values) that takes the number of each item. */
export interface NumberLoop {
  /** redis.asList(values), and where its result is kept. */
  readonly asList: OperatorTree;
  readonly kept: string;
  /** float(str(item)) */
  readonly number: OperatorTree;
  /** Where the item is bound. */
  readonly item: string;
}

export interface AppendingLoop extends NumberLoop {
  readonly list: Slot;
}

export interface FunctionShape {
  /** Variables that are lists of floats and nothing else, and are filled by an AppendingLoop. */
  readonly floatLists: readonly string[];
  readonly appending: ReadonlyMap<ForTree, AppendingLoop>;
  readonly comprehensions: ReadonlyMap<Comprehension, NumberLoop>;
}

export function shapeOf({ parameters, body }: FunctionTree): FunctionShape {
  const appending = new Map<ForTree, AppendingLoop>();
  const comprehensions = new Map<Comprehension, NumberLoop>();
  const slots = new SlotUses();
  visitStatements(body, (tree) => {
    if (tree.kind === 'for') note(appending, tree, appendingLoop(tree));
    else if (tree.kind === 'comprehension') note(comprehensions, tree, numberComprehension(tree));
    else if (tree.kind === 'slot' || tree.kind === 'store') slots.note(tree);
  });
  // The item of a loop that is not gone through item by item has no value that anybody else could read.
  const loops = [...appending.values(), ...comprehensions.values()];
  const isOwn = ({ item }: NumberLoop): boolean =>
    slots.reads(item) === loops.filter((loop) => loop.item === item).length;
  keepWhere(appending, isOwn);
  keepWhere(comprehensions, isOwn);
  const filled = new Set([...appending.values()].map(({ list }) => list.slot));
  const floatLists = [...filled].filter((slot) => slots.isFloatList(slot) && !parameters.includes(slot));
  return { floatLists, appending, comprehensions };
}

function note<K, V>(map: Map<K, V>, key: K, value: V | undefined): void {
  if (value !== undefined) map.set(key, value);
}

function keepWhere<K, V>(map: Map<K, V>, test: (value: V) => boolean): void {
  for (const [key, value] of map) if (!test(value)) map.delete(key);
}

class SlotUses {
  readonly #reads = new Map<string, number>();
  readonly #types = new Map<string, Set<string>>();

  note({ kind, slot, type }: Tree & { readonly kind: 'slot' | 'store' }): void {
    if (kind === 'slot') this.#reads.set(slot, this.reads(slot) + 1);
    const types = this.#types.get(slot) ?? new Set();
    this.#types.set(slot, types.add(typeText(type)));
  }

  reads(slot: string): number {
    return this.#reads.get(slot) ?? 0;
  }

  isFloatList(slot: string): boolean {
    return [...(this.#types.get(slot) ?? [])].every((type) => type === 'List[float]');
  }
}

function appendingLoop(loop: ForTree): AppendingLoop | undefined {
  const [statement] = loop.body;
  if (loop.body.length !== 1 || statement?.kind !== 'do') return undefined;
  const { value } = statement;
  if (value.kind !== 'inline' || value.template !== APPEND) return undefined;
  const [list, number] = value.args;
  if (list?.kind !== 'slot' || number === undefined) return undefined;
  const found = numberLoop(loop, number);
  return found === undefined ? undefined : { ...found, list };
}

function numberComprehension({ loop, item, key, condition }: Comprehension): NumberLoop | undefined {
  return key === undefined && condition === undefined && loop.body.length === 0 ? numberLoop(loop, item) : undefined;
}

/** Where the loop binds each item of redis.asList(…) to a slot and `number` is the number of that slot. */
function numberLoop({ setup, bind, limits }: ForTree, number: Tree): NumberLoop | undefined {
  const [store] = setup;
  const [binding] = bind;
  if (setup.length !== 1 || bind.length !== 1 || limits.length !== 1) return undefined;
  if (store?.kind !== 'store' || !isCallOf('redis::asList', store.value)) return undefined;
  if (binding?.kind !== 'store' || !isElementOf(store.slot, binding.value)) return undefined;
  if (!isCallOf('redis::number', number) || !isSlot(binding.slot, number.args[0])) return undefined;
  return { asList: store.value, kept: store.slot, number, item: binding.slot };
}

const isCallOf = (name: string, tree: Tree): tree is OperatorTree =>
  tree.kind === 'operator' && tree.operator.name === name;

const isSlot = (slot: string, tree: Tree | undefined): boolean => tree?.kind === 'slot' && tree.slot === slot;

/** Not a pair of index and element, as enumerate makes it. */
const isElementOf = (slot: string, tree: Tree): boolean =>
  tree.kind === 'inline' && tree.template === ELEMENT && isSlot(slot, tree.args[0]);
