// Placeholders: what a model is to be fed with, and what happens when it is not.
import { KernelError, shapeText } from '../../kernels/kernel-error.ts';
import type { InputSignature } from '../model.ts';
import { typeName } from './constants.ts';
import type { GraphNode } from './graph-def.ts';
import { NodeView } from './node-view.ts';
import type { Kernel } from './operator.ts';

/** A placeholder that is not among the inputs: the model loads, and fails when it runs, as it does in TensorFlow. */
export function missingFeed(node: NodeView): Kernel {
  const dtype = typeName(node.type('dtype'));
  const shape = node.shape('shape');
  const told = shape === undefined ? '' : ` and shape ${shapeText(shape).replaceAll('-1', '?')}`;
  return () => {
    throw new KernelError(`You must feed a value for placeholder tensor '${node.name}' with dtype ${dtype}${told}`);
  };
}

/** What an input node says of itself; undefined for a node in the middle of the graph, which may be fed too. */
export function signatureOf(node: GraphNode): InputSignature | undefined {
  if (node.op !== 'Placeholder' && node.op !== 'PlaceholderWithDefault') return undefined;
  const view = new NodeView(node, []);
  const dtype = view.type('dtype');
  const shape = view.shape('shape');
  return shape === undefined ? undefined : { dtype, shape };
}

/** undefined where the node does not say. */
export function fedDtype(node: GraphNode): string | undefined {
  const attribute = node.attributes.has('dtype') ? 'dtype' : 'T';
  return node.attributes.has(attribute) ? new NodeView(node, []).type(attribute) : undefined;
}
