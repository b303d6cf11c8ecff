// The ONNX backend: ONNX Runtime, where it is installed. Its calls look asynchronous, but compute on the calling thread.
import type * as ort from 'onnxruntime-node';
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { Tensor } from '../../tensor/tensor.ts';
import { BackendError } from '../model.ts';
import type { InputSignature, ModelSource, RunnableModel } from '../model.ts';
import { refuseExternalData } from './external-data.ts';
import { dtypeOfOnnx, fromOnnx, toOnnx } from './onnx-tensor.ts';
import type { MakeOrtTensor } from './onnx-tensor.ts';

const MODEL_BYTES_MAX = 256 * 1024 * 1024;

/** One thread: several devices run at once, and threads of a pool spin between calls. Errors are for the client, not the log. */
const SESSION_OPTIONS: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 4,
};

/** @throws BackendError */
export async function loadOnnxModel({ blob }: ModelSource): Promise<RunnableModel> {
  if (blob.length > MODEL_BYTES_MAX) {
    throw new BackendError(`ERR the model is larger than the limit of ${MODEL_BYTES_MAX} bytes`);
  }
  refuseExternalData(blob);
  const runtime = await importRuntime();
  const session = await inWordsOfOnnx(runtime.InferenceSession.create(blob, SESSION_OPTIONS));
  for (const output of session.outputMetadata) describe(output, 'output');
  return {
    inputCount: session.inputNames.length,
    outputCount: session.outputNames.length,
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    signature: session.inputMetadata.map((input) => describe(input, 'input')),
    run: (inputs) => runSession(session, runtime.Tensor, inputs),
  };
}

async function importRuntime(): Promise<typeof ort> {
  try {
    return await import('onnxruntime-node');
  } catch {
    throw new BackendError(
      'ERR Could not load backend: ONNX needs the package onnxruntime-node (npm install onnxruntime-node)',
    );
  }
}

async function runSession(
  session: InferenceSession,
  make: MakeOrtTensor,
  inputs: readonly Tensor[],
): Promise<Tensor[]> {
  const feeds = Object.fromEntries(session.inputNames.map((name, i) => [name, toOnnx(inputs[i]!, make)]));
  const results = await inWordsOfOnnx(session.run(feeds));
  return session.outputNames.map((name) => fromOnnx(results[name] as OrtTensor, `output "${name}"`));
}

/** Sequences and maps, which ONNX also knows, are no tensors. */
function describe(value: InferenceSession.ValueMetadata, role: string): InputSignature {
  const what = `${role} "${value.name}"`;
  if (!value.isTensor) throw new BackendError(`ERR ${what} is not a tensor`);
  const shape = value.shape.map((dim) => (typeof dim === 'number' ? dim : -1));
  return { dtype: dtypeOfOnnx(value.type, what), shape };
}

async function inWordsOfOnnx<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new BackendError(error instanceof Error ? error.message : String(error));
  }
}
