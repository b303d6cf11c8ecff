// Tensors, models and scripts as values of keys.
import type { StoredModel } from '../dag/stored-model.ts';
import type { StoredScript } from '../dag/stored-script.ts';
import type { AiValue } from '../keyspace/value.ts';
import { memoryBytes } from '../tensor/make-tensor.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { dumpModel, dumpScript, dumpTensor } from './ai-dump.ts';

/** What a compiled model or script takes beside the text it was made from: measured, very roughly. */
const COMPILED_FACTOR = 3;

export class TensorValue implements AiValue {
  readonly type = 'AI_TENSOR';
  readonly tensor: Tensor;

  constructor(tensor: Tensor) {
    this.tensor = tensor;
  }

  get memoryBytes(): number {
    return memoryBytes(this.tensor);
  }

  dump(): Uint8Array {
    return dumpTensor(this.tensor);
  }
}

export class ModelValue implements AiValue {
  readonly type = 'AI__MODEL';
  readonly model: StoredModel;

  constructor(model: StoredModel) {
    this.model = model;
  }

  get memoryBytes(): number {
    return this.model.source.blob.length * COMPILED_FACTOR;
  }

  dump(): Uint8Array {
    return dumpModel(this.model);
  }
}

export class ScriptValue implements AiValue {
  readonly type = 'AI_SCRIPT';
  readonly script: StoredScript;

  constructor(script: StoredScript) {
    this.script = script;
  }

  get memoryBytes(): number {
    return this.script.compiled.source.length * COMPILED_FACTOR;
  }

  dump(): Uint8Array {
    return dumpScript(this.script);
  }
}
