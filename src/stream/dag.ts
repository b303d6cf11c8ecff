// Step 4 of the road: the one DAG that scores a transaction. This file is its whole text; the engine client sends it.
import {
  HASHES_TO_TENSOR,
  MODEL_INPUTS,
  modelKey,
  POST_PROCESSING,
  REFERENCES_TO_TENSOR,
  REFERENCES_TO_TENSOR_BY_LUA,
  referencesKey,
  resultKey,
  scriptKey,
} from '../contracts/engine-keys.ts';
import { FEATURE_COUNT } from '../contracts/features.ts';
import type { Transaction } from '../contracts/transaction.ts';
import type { Lookup, ResultTensor } from './options.ts';
import type { ReferenceQuery } from './reference.ts';

/** What differs from one transaction to the next. */
export interface Dag {
  readonly transaction: Transaction;
  /** None where the script looks them up. */
  readonly referenceKeys: Iterable<Buffer> & { readonly length: number };
  /** What the script looks up, where it does. */
  readonly query?: ReferenceQuery | undefined;
}

export type Argument = string | Buffer;

export interface DagLayout {
  readonly tag: string;
  readonly devices: readonly string[];
  readonly result: ResultTensor;
  readonly lookup?: Lookup | undefined;
}

/** The function that makes the model's second input, by who looks references up. */
export const REFERENCE_ENTRY_POINTS: Readonly<Record<Lookup, string>> = {
  client: HASHES_TO_TENSOR,
  script: REFERENCES_TO_TENSOR,
  lua: REFERENCES_TO_TENSOR_BY_LUA,
};

/** Names of tensors inside the DAG. */
const [TRANSACTION, REFERENCE] = MODEL_INPUTS;
const OUT_A = 'out_1';
const OUT_B = 'out_2';
/** How many references there are, and how many of them are there still. */
const COUNTED = 'counted';

/** Builds the arguments of AI.DAGEXECUTE; what is the same for all transactions is laid out once. */
export class DagBuilder {
  readonly #layout: DagLayout;
  readonly #shared: string;
  readonly #script: string;
  readonly #models: readonly string[];
  /** By which function the script looks references up, and where. */
  readonly #lookUp: readonly string[];

  constructor(layout: DagLayout) {
    this.#layout = layout;
    this.#shared = resultKey(layout.tag);
    this.#script = scriptKey(layout.tag);
    this.#lookUp = [REFERENCE_ENTRY_POINTS[layout.lookup ?? 'client'], 'KEYS', '1', referencesKey(layout.tag)];
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

  /** Replies to it are read by score.ts: eight elements, and a ninth where the script looks references up. */
  arguments(dag: Dag): Argument[] {
    const persisted = this.persistedKey(dag);
    const result = persisted ?? this.#shared;
    const { features } = dag.transaction;
    // prettier-ignore
    return [
      ...(persisted === undefined ? ['ROUTING', `{${this.#layout.tag}}`] : ['PERSIST', '1', persisted]),
      '|>', 'AI.TENSORSET', TRANSACTION, 'FLOAT', '1', String(FEATURE_COUNT),
            'BLOB', Buffer.from(features.buffer, features.byteOffset, features.byteLength),
      '|>', 'AI.SCRIPTEXECUTE', this.#script, ...this.#reference(dag),
      ...this.#models,
      '|>', 'AI.SCRIPTEXECUTE', this.#script, POST_PROCESSING, 'INPUTS', '2', OUT_A, OUT_B, 'OUTPUTS', '1', result,
      '|>', 'AI.TENSORGET', OUT_A, 'BLOB',
      '|>', 'AI.TENSORGET', OUT_B, 'BLOB',
      '|>', 'AI.TENSORGET', result, 'META', 'BLOB',
      ...(dag.query === undefined ? [] : ['|>', 'AI.TENSORGET', COUNTED, 'BLOB']),
    ];
  }

  /** The function that makes the model's second input, and what it is given. */
  #reference({ referenceKeys, query }: Dag): Argument[] {
    if (query !== undefined) return [...this.#lookUp, ...lookUpArguments(query), 'OUTPUTS', '2', REFERENCE, COUNTED];
    // `KEYS 0` is an error: without references the word is left out.
    const keys = referenceKeys.length === 0 ? [] : ['KEYS', String(referenceKeys.length), ...referenceKeys];
    return [HASHES_TO_TENSOR, ...keys, 'OUTPUTS', '1', REFERENCE];
  }
}

/** What differs from one transaction to the next stands side by side. */
function lookUpArguments({ until, since, own, limit }: ReferenceQuery): Argument[] {
  return ['ARGS', '4', String(until), String(since), Buffer.from(own, 'latin1'), String(limit)];
}
