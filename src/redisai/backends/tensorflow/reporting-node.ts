// Whose name TensorFlow puts into an error. It joins a matrix product or convolution with the bias and the activation that
// follow it into one node, which bears the name of the last of them; so that name is what users see.
import type { GraphNode } from './graph-def.ts';
import { parseReference } from './graph-order.ts';

const JOINED: readonly ReadonlySet<string>[] = [
  new Set(['MatMul', 'Conv2D', 'DepthwiseConv2dNative']),
  new Set(['BiasAdd']),
  new Set(['Relu', 'Relu6', 'Elu', 'LeakyRelu', 'Tanh', 'Sigmoid']),
];

/** By the name of a node that is joined with later ones: the name of the last. */
export function reportingNodes(order: readonly GraphNode[], wanted: ReadonlySet<string>): ReadonlyMap<string, string> {
  const consumers = consumersOf(order);
  const names = new Map<string, string>();
  for (const node of order) {
    let last = node;
    for (let step = 0; step < JOINED.length && JOINED[step]!.has(last.op); step += 1) {
      const next = consumers.get(last.name) ?? [];
      if (next.length !== 1 || wanted.has(last.name) || JOINED[step + 1]?.has(next[0]!.op) !== true) break;
      last = next[0]!;
    }
    names.set(node.name, last.name);
  }
  return names;
}

function consumersOf(order: readonly GraphNode[]): ReadonlyMap<string, readonly GraphNode[]> {
  const consumers = new Map<string, GraphNode[]>();
  for (const node of order) {
    for (const name of node.inputs.map((input) => parseReference(input)?.node)) {
      if (name === undefined) continue;
      const known = consumers.get(name);
      if (known === undefined) consumers.set(name, [node]);
      else known.push(node);
    }
  }
  return consumers;
}
