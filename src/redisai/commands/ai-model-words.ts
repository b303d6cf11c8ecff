// Reads the definition of a model:
//
//   AI.MODELSTORE key backend device [TAG tag] [batching] [INPUTS n name{n} OUTPUTS m name{m}] BLOB chunk+
//   AI.MODELSET   key backend device [TAG tag] [batching] [INPUTS name* OUTPUTS name*] BLOB chunk+
//
//   batching = BATCHSIZE rows [MINBATCHSIZE rows [MINBATCHTIMEOUT ms]]
//
// The parts come in this order only. TF and TFLITE need names of inputs and outputs; the other backends know their own.
import type { BackendName, ModelSource } from '../backends/model.ts';
import { isDeviceName, isGpu } from '../dag/device-name.ts';
import type { Batching } from '../dag/stored-model.ts';
import { AI_ERRORS } from './ai-errors.ts';
import type { Words } from './ai-words.ts';
import { ReplyError } from './command.ts';

export interface ModelDefinition {
  readonly source: ModelSource;
  readonly device: string;
  readonly tag: string;
  readonly batching: Batching;
}

interface Names {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** How the names of inputs and outputs are written: counted, or up to the next keyword. */
export type ReadNames = (words: Words, backend: BackendName) => Names;

interface BackendTraits {
  readonly name: BackendName;
  /** What the library is called in the reply to a wish for a GPU. */
  readonly library: string;
  readonly takesNames: boolean;
}

const BACKENDS: ReadonlyMap<string, BackendTraits> = new Map(
  (
    [
      { name: 'TF', library: 'TF', takesNames: true },
      { name: 'TFLITE', library: 'TFLite', takesNames: false },
      { name: 'TORCH', library: 'Torch', takesNames: false },
      { name: 'ONNX', library: 'ONNX', takesNames: false },
    ] as const
  ).map((traits) => [traits.name, traits]),
);

const NO_NAMES: Names = { inputs: [], outputs: [] };

/** @param words from the backend on. @throws ReplyError */
export function parseModelDefinition(words: Words, readNames: ReadNames): ModelDefinition {
  const backend = BACKENDS.get(words.text().toUpperCase());
  if (backend === undefined) throw new ReplyError(AI_ERRORS.badBackend);
  const device = words.text();
  if (!isDeviceName(device)) throw new ReplyError(AI_ERRORS.badModelDevice);
  const tag = words.take('TAG') && words.left > 0 ? words.text() : '';
  const batching = parseBatching(words);
  if (!backend.takesNames && words.is('INPUTS')) throw new ReplyError(AI_ERRORS.namesUnwanted);
  const names = backend.takesNames ? readNames(words, backend.name) : NO_NAMES;
  const blob = parseBlob(words);
  if (isGpu(device)) throw new ReplyError(AI_ERRORS.noGpu(backend.library));
  return { source: { backend: backend.name, blob, ...names }, device, tag, batching };
}

function parseBatching(words: Words): Batching {
  const size = words.take('BATCHSIZE') ? notNegative(words, AI_ERRORS.badBatchSize) : undefined;
  const sizeMin = words.take('MINBATCHSIZE') ? notNegative(words, AI_ERRORS.badMinBatchSize) : undefined;
  const timeoutMs = words.take('MINBATCHTIMEOUT') ? notNegative(words, AI_ERRORS.badMinBatchTimeout) : undefined;
  if (sizeMin !== undefined && size === undefined) throw new ReplyError(AI_ERRORS.minBatchSizeAlone);
  if (timeoutMs !== undefined && sizeMin === undefined) throw new ReplyError(AI_ERRORS.minBatchTimeoutAlone);
  return { size: size ?? 0, sizeMin: sizeMin ?? 0, timeoutMs: timeoutMs ?? 0 };
}

function notNegative(words: Words, errorWords: string): number {
  const value = words.integer(errorWords);
  if (value < 0) throw new ReplyError(errorWords);
  return value;
}

export function readCountedNames(words: Words, backend: BackendName): Names {
  if (!words.take('INPUTS')) throw new ReplyError(AI_ERRORS.noInputs(backend));
  const inputs = words.texts(positive(words, AI_ERRORS.badInputCount), AI_ERRORS.tooFewInputs);
  if (!words.take('OUTPUTS')) throw new ReplyError(AI_ERRORS.noOutputs(backend));
  const outputs = words.texts(positive(words, AI_ERRORS.badOutputCount), AI_ERRORS.tooFewOutputs);
  return { inputs, outputs };
}

function positive(words: Words, errorWords: string): number {
  const value = words.integer(errorWords);
  if (value <= 0) throw new ReplyError(errorWords);
  return value;
}

export function readNamesUpToKeyword(words: Words): Names {
  const inputs = words.take('INPUTS') ? textsUpTo(words, 'OUTPUTS') : [];
  const outputs = words.take('OUTPUTS') ? textsUpTo(words, 'BLOB') : [];
  if (inputs.length === 0 || outputs.length === 0) throw new ReplyError(AI_ERRORS.noInputsAndOutputs);
  return { inputs, outputs };
}

function textsUpTo(words: Words, keyword: string): string[] {
  const texts: string[] = [];
  while (words.left > 0 && !words.is(keyword)) texts.push(words.text());
  return texts;
}

/** A large model is sent in chunks: see MODEL_CHUNK_SIZE. */
function parseBlob(words: Words): Uint8Array {
  if (!words.take('BLOB')) throw new ReplyError(AI_ERRORS.noBlobWord);
  if (words.left === 0) throw new ReplyError(AI_ERRORS.noBlob);
  const chunks: Uint8Array[] = [];
  for (; words.left > 0; words.at += 1) chunks.push(words.args.bytes(words.at));
  return new Uint8Array(Buffer.concat(chunks));
}
