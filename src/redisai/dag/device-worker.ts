// What runs on the thread of a device: loads the models that it is sent, and runs them. The other end is device-thread.ts.
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../../core/errors.ts';
import { BackendError, type ModelSource, type RunnableModel } from '../backends/model.ts';
import { loadModel } from '../backends/registry.ts';
import { TensorError } from '../tensor/tensor-error.ts';
import type { Tensor } from '../tensor/tensor.ts';

export type ToWorker =
  | { readonly kind: 'load'; readonly modelId: number; readonly source: ModelSource }
  | { readonly kind: 'run'; readonly run: number; readonly modelId: number; readonly inputs: readonly Tensor[] }
  | { readonly kind: 'drop'; readonly modelId: number };

export type FromWorker =
  | { readonly run: number; readonly outputs: Tensor[]; readonly milliseconds: number }
  | { readonly run: number; readonly outputs?: undefined; readonly error: string; readonly isDefect: boolean };

const models = new Map<number, RunnableModel | Promise<RunnableModel>>();

async function run(message: ToWorker & { kind: 'run' }): Promise<FromWorker> {
  try {
    const model = await models.get(message.modelId)!;
    const startedAtMs = performance.now();
    const outputs = await model.run(message.inputs);
    return { run: message.run, outputs, milliseconds: performance.now() - startedAtMs };
  } catch (thrown) {
    const isDefect = !(thrown instanceof BackendError || thrown instanceof TensorError);
    return { run: message.run, error: messageOf(thrown), isDefect };
  }
}

parentPort?.on('message', (message: ToWorker) => {
  // The main thread has loaded the model before, so loading it does not fail here.
  if (message.kind === 'load') models.set(message.modelId, loadModel(message.source));
  else if (message.kind === 'drop') models.delete(message.modelId);
  else void run(message).then((answer) => parentPort?.postMessage(answer));
});
