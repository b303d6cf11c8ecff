// What the loads work on: the project's own model, script and references under a tag that nobody else uses, two heavy
// models, and the requests that the stream would send. Removed again afterwards.
import type { Redis } from 'ioredis';
import {
  HASHES_TO_TENSOR,
  modelKey,
  POST_PROCESSING,
  referencesKey,
  resultKey,
  scriptKey,
} from '../contracts/engine-keys.ts';
import { FEATURE_COUNT } from '../contracts/features.ts';
import { DagBuilder, type DagLayout } from '../stream/dag.ts';
import { FrameRing, frame, type Word } from './frame-ring.ts';
import { removeProvisioned } from './remove-provisioned.ts';
import { HEAVY_INPUT, HEAVY_OUTPUT, HEAVY_SHAPE, heavyGraph } from './heavy-graph.ts';

export const BENCH_TAG = 'fraudstream-bench';
export const BENCH_DEVICES = ['CPU', 'CPU:1'] as const;
export const BENCH_REFERENCES = 256;
/** Different transactions in a load. */
const TRANSACTIONS = 64;
const REFERENCE_WIDTH = 256;

const named = (name: string): string => `${name}{${BENCH_TAG}}`;
const [TRANSACTION, REFERENCE] = [named('transaction'), named('reference')];
const [OUT_A, OUT_B, OUTPUT, TEXT] = [named('out_1'), named('out_2'), named('output'), named('text')];
const HEAVY_MODELS = BENCH_DEVICES.map((device) => `${named('heavy')}_${device}`);

export class EngineStage {
  readonly #redis: Redis;
  readonly #referenceKeys: readonly Buffer[];
  /** Of each reference key. */
  readonly #times: readonly number[];
  readonly #dags = dagsOf({});

  private constructor(redis: Redis, references: readonly Buffer[]) {
    this.#redis = redis;
    this.#referenceKeys = references.filter((_, index) => index % 2 === 0);
    this.#times = references.filter((_, index) => index % 2 === 1).map(Number);
  }

  /** The engine must have been provisioned under BENCH_TAG. */
  static async open(redis: Redis): Promise<EngineStage> {
    const stage = new EngineStage(redis, await redis.zrevrangeBuffer(referencesKey(BENCH_TAG), 0, -1, 'WITHSCORES'));
    await stage.#store();
    return stage;
  }

  get redis(): Redis {
    return this.#redis;
  }

  /** The stream's DAG, each transaction with so many references of its own. */
  dag(referenceCount: number): FrameRing {
    return this.#ring((row) => [
      'AI.DAGEXECUTE',
      ...this.#dags.arguments({ transaction: transaction(row), referenceKeys: this.#some(row, referenceCount) }),
    ]);
  }

  /** The same, the ten references looked up within the DAG; by Lua in one call where told so. */
  dagThatLooksUp(lookup: 'script' | 'lua'): FrameRing {
    const dags = dagsOf({ lookup });
    const queryOf = (row: number) => ({ since: 0, until: this.#times[this.#first(row)]!, limit: 10, own: '' });
    return this.#ring((row) => [
      'AI.DAGEXECUTE',
      ...dags.arguments({ transaction: transaction(row), referenceKeys: [], query: queryOf(row) }),
    ]);
  }

  /** The stream's DAG, ten references, both models on one device. */
  dagOnOneDevice(): FrameRing {
    const dags = dagsOf({ devices: [BENCH_DEVICES[0], BENCH_DEVICES[0]] });
    return this.#ring((row) => [
      'AI.DAGEXECUTE',
      ...dags.arguments({ transaction: transaction(row), referenceKeys: this.#some(row, 10) }),
    ]);
  }

  /** SET of a text that makes the request as long as the DAG with ten references. */
  setOfDagLength(): FrameRing {
    const overhead = frame(['SET', TEXT, '']).length + 3;
    const text = Buffer.alloc(Math.round(this.dag(10).frameBytes) - overhead, 'x');
    return this.#ring(() => ['SET', TEXT, text]);
  }

  tensorSet(): FrameRing {
    return this.#ring((row) => tensorSetWords(TRANSACTION, [1, FEATURE_COUNT], transaction(row).features));
  }

  tensorGet(): FrameRing {
    return this.#ring(() => ['AI.TENSORGET', TRANSACTION, 'BLOB']);
  }

  modelExecute(): FrameRing {
    const model = modelKey(BENCH_TAG, BENCH_DEVICES[0]);
    return this.#ring(() => ['AI.MODELEXECUTE', model, 'INPUTS', '2', TRANSACTION, REFERENCE, 'OUTPUTS', '1', OUTPUT]);
  }

  postProcessing(): FrameRing {
    const call = ['AI.SCRIPTEXECUTE', scriptKey(BENCH_TAG), POST_PROCESSING];
    return this.#ring(() => [...call, 'INPUTS', '2', OUT_A, OUT_B, 'OUTPUTS', '1', resultKey(BENCH_TAG)]);
  }

  hashesToTensor(): FrameRing {
    const call = ['AI.SCRIPTEXECUTE', scriptKey(BENCH_TAG), HASHES_TO_TENSOR];
    return this.#ring((row) => [...call, 'KEYS', '10', ...this.#some(row, 10), 'OUTPUTS', '1', REFERENCE]);
  }

  hashValues(): FrameRing {
    return this.#ring((row) => ['HVALS', ...this.#some(row, 1)]);
  }

  /** The lookup that the stream makes for each transaction. */
  newestReferences(): FrameRing {
    return this.#ring(() => ['ZREVRANGEBYSCORE', referencesKey(BENCH_TAG), '+inf', '-inf', 'LIMIT', '0', '10']);
  }

  ping(): FrameRing {
    return this.#ring(() => ['PING']);
  }

  /** Arguments of a DAG that runs a heavy model twice, on the device at each index. */
  heavyDag(devices: readonly [number, number]): Word[] {
    const input = new Float32Array(HEAVY_SHAPE[0] * HEAVY_SHAPE[1]).fill(1);
    const run = (device: number, output: string): Word[] => [
      ...['|>', 'AI.MODELEXECUTE', HEAVY_MODELS[device]!, 'INPUTS', '1', HEAVY_INPUT, 'OUTPUTS', '1', output],
    ];
    const set = tensorSetWords(HEAVY_INPUT, HEAVY_SHAPE, input);
    return ['ROUTING', named('heavy'), '|>', ...set, ...run(devices[0], 'a'), ...run(devices[1], 'b')];
  }

  /** Removes everything under the tag. */
  async close(): Promise<void> {
    const tensors = [TRANSACTION, REFERENCE, OUT_A, OUT_B, OUTPUT, resultKey(BENCH_TAG)];
    await this.#redis.del(...HEAVY_MODELS, ...tensors, TEXT);
    await removeProvisioned(this.#redis, BENCH_TAG, BENCH_DEVICES);
  }

  /** What the commands by themselves read. */
  async #store(): Promise<void> {
    const call = (words: readonly Word[]): Promise<unknown> => this.#redis.call(words[0] as string, ...words.slice(1));
    for (const key of [OUT_A, OUT_B]) await call(tensorSetWords(key, [1, 2], Float32Array.of(0.25, 0.75)));
    await call(tensorSetWords(TRANSACTION, [1, FEATURE_COUNT], transaction(0).features));
    await call(tensorSetWords(REFERENCE, [1, REFERENCE_WIDTH], new Float32Array(REFERENCE_WIDTH)));
    for (const [index, device] of BENCH_DEVICES.entries()) {
      const names = ['INPUTS', '1', HEAVY_INPUT, 'OUTPUTS', '1', HEAVY_OUTPUT];
      await call(['AI.MODELSTORE', HEAVY_MODELS[index]!, 'TF', device, ...names, 'BLOB', heavyGraph()]);
    }
  }

  #ring(words: (row: number) => readonly Word[]): FrameRing {
    return new FrameRing(Array.from({ length: TRANSACTIONS }, (_, row) => frame(words(row))));
  }

  #some(row: number, count: number): Buffer[] {
    const keys = this.#referenceKeys;
    return Array.from({ length: count }, (_, index) => keys[(this.#first(row) + index) % keys.length]!);
  }

  #first(row: number): number {
    return (3 * row) % this.#referenceKeys.length;
  }
}

const dagsOf = (layout: Partial<DagLayout>): DagBuilder =>
  new DagBuilder({ tag: BENCH_TAG, devices: BENCH_DEVICES, result: 'none', ...layout });

function transaction(row: number): Parameters<DagBuilder['arguments']>[0]['transaction'] {
  const features = Float32Array.from({ length: FEATURE_COUNT }, (_, index) => Math.sin(31 * row + index));
  return { transactionId: String(row), time: row, amount: 1, features, label: null };
}

function tensorSetWords(key: string, shape: readonly number[], data: Float32Array): Word[] {
  return ['AI.TENSORSET', key, 'FLOAT', ...shape.map(String), 'BLOB', Buffer.from(data.buffer)];
}
