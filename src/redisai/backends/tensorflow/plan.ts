// From ordered nodes to a plan: a list of kernels over numbered slots. Constants are worked out, transparent nodes vanish.
// Third step from bytes to a model; program.ts runs the result.
import type { NumericData, Tensor } from '../../tensor/tensor.ts';
import { BackendError } from '../model.ts';
import { CONSTANT_BYTES_MAX } from './constants.ts';
import { fold } from './folding.ts';
import type { GraphNode } from './graph-def.ts';
import { parseReference } from './graph-order.ts';
import { NodeView } from './node-view.ts';
import { ANY_NUMBER } from './operator.ts';
import type { Kernel, Operator } from './operator.ts';
import { OPERATORS, TRANSPARENT } from './operators.ts';
import { missingFeed } from './placeholder.ts';

export interface Step {
  readonly kernel: Kernel;
  /** Slots of the inputs. */
  readonly inputs: readonly number[];
  /** First slot of the results. */
  readonly output: number;
  readonly outputCount: number;
  readonly node: string;
}

export interface Plan {
  readonly steps: readonly Step[];
  /** Values of the slots before a run: constants in theirs. */
  readonly slots: readonly (Tensor | undefined)[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly flopsPerRow: number | undefined;
  /** True where a run on inputs of the same shapes is the same work on other numbers. */
  readonly isRepeatable: boolean;
}

/**
 * @param order nodes in an order in which they can run
 * @throws BackendError that names the node and the operator
 */
export function compilePlan(order: readonly GraphNode[], inputs: readonly string[], outputs: readonly string[]): Plan {
  const builder = new PlanBuilder(inputs);
  for (const node of order) builder.add(node);
  return builder.finish(outputs);
}

class PlanBuilder {
  readonly #steps: Step[] = [];
  readonly #slots: (Tensor | undefined)[] = [];
  /** By node: the slots of its outputs. */
  readonly #slotsOf = new Map<string, readonly number[]>();
  readonly #inputs: readonly number[];
  #constantBytesLeft = CONSTANT_BYTES_MAX;
  #flops: number | undefined = 0;
  #isRepeatable = true;

  constructor(inputs: readonly string[]) {
    this.#inputs = inputs.map((name) => this.#newSlots(name, [undefined]));
  }

  add(node: GraphNode): void {
    const inputs = node.inputs.map(parseReference).filter((reference) => reference !== undefined);
    const slots = inputs.map(({ node: from, output }) => this.#slotOf(from, output));
    if (TRANSPARENT.has(node.op)) this.#slotsOf.set(node.name, [slots[0] ?? this.#missing(node)]);
    else if (node.op === 'NoOp') this.#slotsOf.set(node.name, []);
    else if (node.op === 'Const') this.#addConstant(node);
    else if (node.op === 'Placeholder') this.#addStep(node, missingFeed(new NodeView(node, [])), [], 1, undefined);
    else this.#addOperator(node, slots);
  }

  finish(outputs: readonly string[]): Plan {
    return {
      steps: this.#steps,
      slots: this.#slots,
      inputs: this.#inputs,
      outputs: outputs.map((name) => this.#slotOf(name, 0)),
      flopsPerRow: this.#flops,
      isRepeatable: this.#isRepeatable,
    };
  }

  #addConstant(node: GraphNode): void {
    const value = new NodeView(node, []).tensor('value', this.#constantBytesLeft);
    this.#constantBytesLeft -= (value.data as NumericData).byteLength;
    this.#newSlots(node.name, [value]);
  }

  #addOperator(node: GraphNode, slots: readonly number[]): void {
    const constants = slots.map((slot) => this.#slots[slot]);
    const view = new NodeView(node, constants);
    const rule = operatorOf(view);
    const kernel = rule.prepare(view);
    view.checkAllRead();
    const folded = rule.random ? undefined : fold(kernel, constants);
    if (folded !== undefined) {
      this.#newSlots(node.name, folded);
      return;
    }
    this.#isRepeatable &&= isRepeatable(rule, constants);
    this.#addStep(node, kernel, slots, view.outputCount, view.flops);
  }

  #addStep(
    node: GraphNode,
    kernel: Kernel,
    inputs: readonly number[],
    outputCount: number,
    flops: number | undefined,
  ): void {
    const output = this.#newSlots(node.name, new Array<undefined>(boundedOutputs(outputCount)).fill(undefined));
    this.#steps.push({ kernel, inputs, output, outputCount, node: node.name });
    this.#flops = this.#flops === undefined || flops === undefined ? undefined : this.#flops + flops;
  }

  /** @returns the first of them */
  #newSlots(node: string, values: readonly (Tensor | undefined)[]): number {
    const first = this.#slots.length;
    this.#slots.push(...values);
    this.#slotsOf.set(
      node,
      values.map((_, i) => first + i),
    );
    return first;
  }

  #slotOf(node: string, output: number): number {
    const slot = this.#slotsOf.get(node)?.[output];
    if (slot === undefined) throw new BackendError(`Node '${node}' has no output ${output}`);
    return slot;
  }

  #missing(node: GraphNode): never {
    throw new BackendError(`node "${node.name}" (op ${node.op}): expects an input`);
  }
}

function isRepeatable({ repeatableFor }: Operator, constants: readonly (Tensor | undefined)[]): boolean {
  return repeatableFor?.every((input) => constants.at(input) !== undefined) ?? false;
}

const OUTPUTS_MAX = 1024;

function boundedOutputs(count: number): number {
  if (count < 0 || count > OUTPUTS_MAX) throw new BackendError(`an operator with ${count} outputs`);
  return count;
}

function operatorOf(view: NodeView): Operator {
  const rule = OPERATORS.get(view.op);
  if (rule === undefined) {
    throw new BackendError(
      `Op type not registered '${view.op}': node "${view.name}" uses an operator that is not supported`,
    );
  }
  const { inputsMin, inputsMax } = rule;
  if (view.inputCount < inputsMin || view.inputCount > inputsMax) {
    const most = inputsMax === ANY_NUMBER ? ' or more' : inputsMax === inputsMin ? '' : ` to ${inputsMax}`;
    view.refuse(`expects ${inputsMin}${most} inputs, has ${view.inputCount}`);
  }
  return rule;
}
