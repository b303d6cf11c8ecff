// What a backend makes of a model's bytes. TensorFlow, ONNX and Torch each have a loader; nothing else knows them apart.
import type { Tensor } from '../tensor/tensor.ts';

export type BackendName = 'TF' | 'TFLITE' | 'TORCH' | 'ONNX';

export interface ModelSource {
  readonly backend: BackendName;
  readonly blob: Uint8Array;
  /** Names as given to AI.MODELSTORE INPUTS / OUTPUTS; empty for backends that do not take them. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** A model ready to run. Tensors go in in the order of the inputs and come out in the order of the outputs. */
export interface RunnableModel {
  /** Number of inputs and outputs that a caller must give. */
  readonly inputCount: number;
  readonly outputCount: number;
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
