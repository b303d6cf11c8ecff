// The backends by name: the only place that knows which there are.
import { BackendError } from './model.ts';
import type { BackendName, ModelSource, RunnableModel } from './model.ts';
import { loadOnnxModel } from './onnx/load-onnx.ts';
import { loadTensorFlowModel } from './tensorflow/load-tensorflow.ts';
import { loadTorchModel } from './torch/load-torch.ts';

type Load = (source: ModelSource) => RunnableModel | Promise<RunnableModel>;

/** What a RedisAI says that was built without the backend. */
function absent(): never {
  throw new BackendError('ERR Could not load backend');
}

const LOADERS: Readonly<Record<BackendName, Load>> = {
  TF: loadTensorFlowModel,
  ONNX: loadOnnxModel,
  TORCH: (source) => loadTorchModel(source),
  TFLITE: absent,
};

/**
 * Reads a model and makes it ready to run. Needs nothing of the main thread.
 * @throws BackendError with the text of the error reply
 */
export function loadModel(source: ModelSource): RunnableModel | Promise<RunnableModel> {
  return LOADERS[source.backend](source);
}
