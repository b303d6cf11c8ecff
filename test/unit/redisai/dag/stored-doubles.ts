// Models and scripts for tests of the DAG, without a backend: what they do is a function.
import { StoredModel, type Batching } from '../../../../src/redisai/dag/stored-model.ts';
import { StoredScript } from '../../../../src/redisai/dag/stored-script.ts';
import type { CompiledScript, ScriptHost } from '../../../../src/redisai/script/script.ts';
import { tensor } from '../../../../src/redisai/tensor/make-tensor.ts';
import type { Tensor } from '../../../../src/redisai/tensor/tensor.ts';

type Work = (inputs: readonly Tensor[]) => Tensor[];

export interface ModelOptions {
  readonly device?: string;
  readonly batching?: Partial<Batching>;
  /** Too much work for the calling thread. */
  readonly heavy?: boolean;
}

export function fakeModel(run: Work, { device = 'CPU', batching = {}, heavy = false }: ModelOptions = {}): StoredModel {
  const source = { backend: 'TF', blob: new Uint8Array(), inputs: ['x'], outputs: ['y'] } as const;
  const runnable = { inputCount: 1, outputCount: 1, flopsPerRow: heavy ? 1e12 : 1, run };
  const settings = { device, tag: '', batching: { size: 0, sizeMin: 0, timeoutMs: 0, ...batching } };
  return new StoredModel(source, runnable, settings);
}

export function fakeScript(run: Work, device = 'CPU'): StoredScript {
  const compiled: CompiledScript = {
    source: '',
    functions: ['f'],
    parameterCount: () => 3,
    isEntryPoint: () => true,
    run: (_name, tensors) => run(tensors),
  };
  return new StoredScript(compiled, { device, tag: '', entryPoints: ['f'] });
}

export const NO_HOST: ScriptHost = {
  execute: () => {
    throw new Error('no script of this test speaks to Redis');
  },
};

/** One row for each number. */
export function column(...numbers: number[]): Tensor {
  return tensor('FLOAT', [numbers.length, 1], Float32Array.from(numbers));
}

export function numbersIn(value: Tensor | undefined): number[] {
  return Array.from((value?.data ?? []) as Float32Array);
}

export const twice: Work = ([x]) => [column(...numbersIn(x).map((value) => value * 2))];
