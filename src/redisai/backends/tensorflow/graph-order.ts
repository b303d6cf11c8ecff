// Which nodes a model needs, and in what order they can run. Second step from bytes to a model.
import { BackendError } from '../model.ts';
import type { GraphNode } from './graph-def.ts';

/** One tensor in the graph: an output of a node. */
export interface TensorReference {
  readonly node: string;
  readonly output: number;
}

/** `name` or `name:output`; undefined for `^name`, which only says "after". */
export function parseReference(text: string): TensorReference | undefined {
  if (text.startsWith('^')) return undefined;
  const colon = text.lastIndexOf(':');
  if (colon === -1) return { node: text, output: 0 };
  const output = Number(text.slice(colon + 1));
  if (!Number.isInteger(output) || output < 0) throw new BackendError(`Invalid GraphDef`);
  return { node: text.slice(0, colon), output };
}

export function nodesByName(nodes: readonly GraphNode[]): ReadonlyMap<string, GraphNode> {
  const byName = new Map<string, GraphNode>();
  for (const node of nodes) {
    if (byName.has(node.name)) throw new BackendError(`Node '${node.name}' is not unique`);
    byName.set(node.name, node);
  }
  return byName;
}

/**
 * The nodes that `outputs` depend on, each after those it depends on. What lies before a fed node is left out.
 * The walk keeps its own stack: a graph may be deeper than the call stack.
 */
export function topologicalOrder(
  byName: ReadonlyMap<string, GraphNode>,
  outputs: readonly string[],
  fed: ReadonlySet<string>,
): GraphNode[] {
  const order: GraphNode[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const stack = outputs.map((name) => ({ name, leave: false })).reverse();
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { name } = top;
    if (top.leave) {
      state.set(name, 'done');
      order.push(byName.get(name)!);
      continue;
    }
    if (fed.has(name) || state.get(name) === 'done') continue;
    if (state.get(name) === 'open') throw new BackendError(`The graph has a cycle through node '${name}'`);
    state.set(name, 'open');
    stack.push({ name, leave: true });
    for (const dependency of dependenciesOf(byName, name)) {
      if (state.get(dependency) === 'open')
        throw new BackendError(`The graph has a cycle through node '${dependency}'`);
      stack.push({ name: dependency, leave: false });
    }
  }
  return order;
}

function dependenciesOf(byName: ReadonlyMap<string, GraphNode>, name: string): string[] {
  return byName
    .get(name)!
    .inputs.map(parseReference)
    .flatMap((reference) => {
      if (reference === undefined) return [];
      if (!byName.has(reference.node)) {
        throw new BackendError(`Node '${name}': Unknown input node '${reference.node}'`);
      }
      return [reference.node];
    });
}
