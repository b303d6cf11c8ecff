// What a backend makes of a model's bytes. TensorFlow, ONNX and Torch each have a loader; nothing else knows them apart.
import type { Dtype, Tensor } from '../tensor/tensor.ts';

export type BackendName = 'TF' | 'TFLITE' | 'TORCH' | 'ONNX';

export interface ModelSource {
  readonly backend: BackendName;
  readonly blob: Uint8Array;
  /** Names as given to AI.MODELSTORE INPUTS / OUTPUTS; empty for backends that do not take them. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** What an input takes, as far as the model says so. */
export interface InputSignature {
  readonly dtype: Dtype;
  /** -1 for a dimension that is free. */
  readonly shape: readonly number[];
}

/** A model ready to run. Tensors go in in the order of the inputs and come out in the order of the outputs. */
export interface RunnableModel {
  /** Number of inputs and outputs that a caller must give. */
  readonly inputCount: number;
  readonly outputCount: number;
  /** Names of the inputs and outputs where the model brings its own (ONNX, Torch), not the caller. */
  readonly inputNames?: readonly string[];
  readonly outputNames?: readonly string[];
  /** One for each input, where all of them are known when the model is loaded. */
  readonly signature?: readonly InputSignature[];
  /** Multiplications and additions for one row of input, where the model's constants tell. */
  readonly flopsPerRow?: number;
  /**
   * Runs once. Synchronous where the backend is (TensorFlow, Torch), a promise where it is not (ONNX Runtime).
   * @throws BackendError with the text of the reply
   */
  run(inputs: readonly Tensor[]): Tensor[] | Promise<Tensor[]>;
}

/** A model that cannot be loaded or run; `message` is the text of the error reply. */
export class BackendError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BackendError';
  }
}
