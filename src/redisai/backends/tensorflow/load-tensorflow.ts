// The TensorFlow backend: GraphDef bytes in, a model that runs out. graph-def → graph-order → plan → program.
import type { Tensor } from '../../tensor/tensor.ts';
import { BackendError } from '../model.ts';
import type { InputSignature, ModelSource, RunnableModel } from '../model.ts';
import { typeName } from './constants.ts';
import { readGraphDef } from './graph-def.ts';
import type { GraphNode } from './graph-def.ts';
import { nodesByName, topologicalOrder } from './graph-order.ts';
import { fedDtype, signatureOf } from './placeholder.ts';
import { compilePlan } from './plan.ts';
import { Program } from './program.ts';
import { reportingNodes } from './reporting-node.ts';

/** @throws BackendError */
export function loadTensorFlowModel(source: ModelSource): RunnableModel {
  const { inputs, outputs } = source;
  const byName = nodesByName(readGraphDef(source.blob));
  const fed = inputs.map((name) => nodeNamed(byName, name, `ERR Input node named "${name}" not found in TF graph.`));
  for (const name of outputs) nodeNamed(byName, name, `ERR Output node named "${name}" not found in TF graph`);
  const order = topologicalOrder(byName, outputs, new Set(inputs));
  const plan = compilePlan(order, inputs, outputs);
  const program = new Program(plan, reportingNodes(order, new Set(outputs)));
  const checkDtypes = dtypeCheck(inputs, fed.map(fedDtype));
  const signature = fed.map(signatureOf);
  return {
    inputCount: inputs.length,
    outputCount: outputs.length,
    ...(signature.every((known): known is InputSignature => known !== undefined) ? { signature } : {}),
    ...(plan.flopsPerRow === undefined ? {} : { flopsPerRow: plan.flopsPerRow }),
    run: (tensors) => {
      checkDtypes(tensors);
      return program.run(tensors);
    },
  };
}

function nodeNamed(byName: ReadonlyMap<string, GraphNode>, name: string, error: string): GraphNode {
  const node = byName.get(name);
  if (node === undefined) throw new BackendError(error);
  return node;
}

/** TensorFlow looks at what it is fed in the order of the names, and counts in that order. */
function dtypeCheck(
  names: readonly string[],
  expected: readonly (string | undefined)[],
): (tensors: readonly Tensor[]) => void {
  const order = [...names.keys()].sort((a, b) => (names[a]! < names[b]! ? -1 : 1));
  return (tensors) => {
    for (let rank = 0; rank < order.length; rank += 1) {
      const at = order[rank]!;
      const wanted = expected[at];
      const given = tensors[at]!.dtype;
      if (given === wanted || (wanted === undefined && given !== 'STRING')) continue;
      throw new BackendError(
        `Expects arg[${rank}] to be ${typeName(wanted ?? 'FLOAT')} but ${typeName(given)} is provided`,
      );
    }
  };
}
