// What the checker and the generator know of an operator: its signature, and how it runs. Tables of these are the language.
import type { Type } from '../check/type.ts';
import { parseSignature } from './signature.ts';

export interface OperatorParameter {
  readonly name: string;
  readonly type: Type;
  /** undefined where a value must be given. */
  readonly default: unknown;
  readonly required: boolean;
  readonly keywordOnly: boolean;
}

export interface Operator {
  /** With its namespace where that is not torch: `redis::asList`. Several operators of one name are its overloads. */
  readonly name: string;
  readonly parameters: readonly OperatorParameter[];
  readonly returns: Type;
  /** JavaScript with $0, $1, … for the arguments, each used once at most and in order; or a function of the arguments. */
  readonly inline: string | undefined;
  readonly run: OperatorFunction | undefined;
  /** True where `run` takes the host of the run as its first argument. */
  readonly needsHost: boolean;
  /** True where it writes into its first argument. */
  readonly writes: boolean;
}

/** Its arguments have the types of the signature: the checker saw to it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- one function type per signature, known only to the signature
export type OperatorFunction = (...args: any[]) => unknown;

/** @param signature in PyTorch's own notation: `clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor` */
export function operator(signature: string, run: OperatorFunction): Operator {
  return { ...parseSignature(signature), inline: undefined, run, needsHost: false };
}

/** An operator that is a JavaScript expression and cannot fail. */
export function inline(signature: string, template: string): Operator {
  return { ...parseSignature(signature), inline: template, run: undefined, needsHost: false };
}

/** An operator that reaches out of the script: `run` gets the ScriptHost before its arguments. */
export function hosted(signature: string, run: OperatorFunction): Operator {
  return { ...parseSignature(signature), inline: undefined, run, needsHost: true };
}
