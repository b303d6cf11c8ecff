// Step 4 of the road: the one DAG that scores a transaction. This file is its whole text; the engine client sends it.
import {
  HASHES_TO_TENSOR,
  MODEL_INPUTS,
  modelKey,
  POST_PROCESSING,
  resultKey,
  scriptKey,
} from '../contracts/engine-keys.ts';
import { FEATURE_COUNT } from '../contracts/features.ts';
import type { Transaction } from '../contracts/transaction.ts';
import type { ResultTensor } from './options.ts';

/** What differs from one transaction to the next. */
export interface Dag {
  readonly transaction: Transaction;
  readonly referenceKeys: Iterable<Buffer> & { readonly length: number };
}

export type Argument = string | Buffer;

export interface DagLayout {
  readonly tag: string;
  readonly devices: readonly string[];
  readonly result: ResultTensor;
}

/** Names of tensors inside the DAG. */
const [TRANSACTION, REFERENCE] = MODEL_INPUTS;
const OUT_A = 'out_1';
const OUT_B = 'out_2';

/** Builds the arguments of AI.DAGEXECUTE; what is the same for all transactions is laid out once. */
export class DagBuilder {
  readonly #layout: DagLayout;
  readonly #shared: string;
  readonly #script: string;
  readonly #models: readonly string[];

  constructor(layout: DagLayout) {
    this.#layout = layout;
    this.#shared = resultKey(layout.tag);
    this.#script = scriptKey(layout.tag);
    // prettier-ignore
    this.#models = [
      '|>', 'AI.MODELEXECUTE', modelKey(layout.tag, layout.devices[0]!),
            'INPUTS', '2', TRANSACTION, REFERENCE, 'OUTPUTS', '1', OUT_A,
      '|>', 'AI.MODELEXECUTE', modelKey(layout.tag, layout.devices[1]!),
            'INPUTS', '2', TRANSACTION, REFERENCE, 'OUTPUTS', '1', OUT_B,
    ];
  }

  /** True where each transaction's result stays under a key of its own. */
  get persistsEach(): boolean {
    return this.#layout.result === 'per-transaction';
  }

  /** The key under which this transaction's result stays in the engine; undefined where it does not. */
  persistedKey(dag: Dag): string | undefined {
    if (this.#layout.result === 'none') return undefined;
    return this.#layout.result === 'shared' ? this.#shared : resultKey(this.#layout.tag, dag.transaction.transactionId);
  }

  /** Replies to it are read by score.ts: eight elements. */
  arguments(dag: Dag): Argument[] {
    const persisted = this.persistedKey(dag);
    const result = persisted ?? this.#shared;
    const { features } = dag.transaction;
    const keys = dag.referenceKeys;
    // prettier-ignore
    return [
      ...(persisted === undefined ? ['ROUTING', `{${this.#layout.tag}}`] : ['PERSIST', '1', persisted]),
      '|>', 'AI.TENSORSET', TRANSACTION, 'FLOAT', '1', String(FEATURE_COUNT),
            'BLOB', Buffer.from(features.buffer, features.byteOffset, features.byteLength),
      // `KEYS 0` is an error: without references the word is left out.
      '|>', 'AI.SCRIPTEXECUTE', this.#script, HASHES_TO_TENSOR,
            ...(keys.length === 0 ? [] : ['KEYS', String(keys.length), ...keys]), 'OUTPUTS', '1', REFERENCE,
      ...this.#models,
      '|>', 'AI.SCRIPTEXECUTE', this.#script, POST_PROCESSING, 'INPUTS', '2', OUT_A, OUT_B, 'OUTPUTS', '1', result,
      '|>', 'AI.TENSORGET', OUT_A, 'BLOB',
      '|>', 'AI.TENSORGET', OUT_B, 'BLOB',
      '|>', 'AI.TENSORGET', result, 'META', 'BLOB',
    ];
  }
}
