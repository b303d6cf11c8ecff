// A DAG as it was asked for: what ai-dag-words.ts makes of the words, and ai-dag.ts runs and answers.
import { Plan } from '../dag/plan.ts';
import type { TensorFormat } from './ai-tensor.ts';

/** The four commands differ in what they accept. */
export interface DagDialect {
  /** As RedisAI spells it in errors. */
  readonly name: string;
  readonly isReadOnly: boolean;
  readonly isLegacy: boolean;
}

export class DagRequest {
  readonly plan = new Plan();
  /** By index of step: how a tensor-get wants its tensor. */
  readonly formats: (TensorFormat | undefined)[] = [];
  persist: readonly string[] = [];
}
