// A DAG as it was asked for: what ai-dag-words.ts makes of the words, and ai-dag.ts runs and answers.
import { Plan, type ReadyPlan } from '../dag/plan.ts';
import type { TensorFormat } from './ai-tensor.ts';

/** The four commands differ in what they accept. */
export interface DagDialect {
  /** As RedisAI spells it in errors. */
  readonly name: string;
  readonly isReadOnly: boolean;
  readonly isLegacy: boolean;
}

export interface ReadyDag {
  readonly plan: ReadyPlan;
  /** By index of step: how a tensor-get wants its tensor. */
  readonly formats: readonly (TensorFormat | undefined)[];
  readonly persist: readonly string[];
}

/** One that is being read. */
export class DagRequest implements ReadyDag {
  readonly plan = new Plan();
  readonly formats: (TensorFormat | undefined)[] = [];
  persist: readonly string[] = [];
  /** By index of step, for ai-dag-shape.ts: position of its command's name, and of what differs from DAG to DAG. */
  readonly stepsAt: number[] = [];
  readonly blobAt: (number | undefined)[] = [];
  readonly keysAt: (number | undefined)[] = [];
  readonly argsAt: (number | undefined)[] = [];
}
