// What an operator of TensorFlow is here: how many inputs it takes, and how a node of it becomes a kernel.
import type { Allocate } from '../../kernels/allocate.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { NodeView } from './node-view.ts';

/** Several results come as an array. The inputs are only lent for the call. */
export type Kernel = (inputs: readonly Tensor[], allocate: Allocate) => Tensor | readonly Tensor[];

export interface Operator {
  readonly inputsMin: number;
  readonly inputsMax: number;
  /** Reads and checks the attributes, once, when the model is loaded. */
  readonly prepare: (node: NodeView) => Kernel;
  /** True where the same inputs may give another result. */
  readonly random: boolean;
  /**
   * Where, for inputs of the same shapes, the kernel does the same work: the inputs (counted from the end if negative) whose
   * values decide on shapes, and which therefore must be constants.
   */
  readonly repeatableFor?: readonly number[];
}

/** By TensorFlow's name. */
export type OperatorTable = Readonly<Record<string, Operator>>;

export const ANY_NUMBER = Infinity;

/** @param inputs how many, or [least, most] */
export function operator(inputs: number | readonly [number, number], prepare: (node: NodeView) => Kernel): Operator {
  const [inputsMin, inputsMax] = typeof inputs === 'number' ? [inputs, inputs] : inputs;
  return { inputsMin, inputsMax, prepare, random: false };
}

/** @param shapedBy see Operator.repeatableFor */
export function repeatable(shapedBy: readonly number[], rule: Operator): Operator {
  return { ...rule, repeatableFor: shapedBy };
}

export function randomOperator(inputs: number, prepare: (node: NodeView) => Kernel): Operator {
  return { ...operator(inputs, prepare), random: true };
}
