// Bytes as DUMP gave them (ai-dump.ts) back into tensors, models and scripts. The bytes may come from anywhere.
import type { BackendName } from '../backends/model.ts';
import { isDeviceName, isGpu } from '../dag/device-name.ts';
import { loadStoredModel, type Batching } from '../dag/stored-model.ts';
import { compileStoredScript } from '../dag/stored-script.ts';
import type { AiValue } from '../keyspace/value.ts';
import { tensorFromBlob } from '../tensor/blob.ts';
import { dtypeNamed } from '../tensor/dtype.ts';
import { throwReplyError } from './ai-command.ts';
import { DUMP_PREFIX_BYTES, DUMP_VERSION } from './ai-dump.ts';
import { ModelValue, ScriptValue, TensorValue } from './ai-values.ts';
import { ReplyError } from './command.ts';
import { BAD_DUMP } from './errors.ts';

type Header = Readonly<Record<string, unknown>>;

/** @throws ReplyError */
export function restoreValue(type: AiValue['type'], bytes: Uint8Array): AiValue | Promise<AiValue> {
  try {
    const value = makeValue(type, bytes);
    return value instanceof Promise ? value.catch(throwReplyError) : value;
  } catch (thrown) {
    throwReplyError(thrown);
  }
}

function makeValue(type: AiValue['type'], bytes: Uint8Array): AiValue | Promise<AiValue> {
  const { header, data } = unpack(bytes);
  switch (type) {
    case 'AI_TENSOR':
      return new TensorValue(tensorFromBlob(dtypeNamed(text(header, 'dtype')), numbers(header, 'shape'), data));
    case 'AI__MODEL':
      return restoreModel(header, data);
    case 'AI_SCRIPT': {
      const settings = { ...placeOf(header), entryPoints: texts(header, 'entryPoints') };
      return new ScriptValue(compileStoredScript(Buffer.from(data).toString('utf8'), settings));
    }
  }
}

function restoreModel(header: Header, data: Uint8Array): AiValue | Promise<AiValue> {
  const source = {
    backend: backendOf(header),
    blob: data.slice(),
    inputs: texts(header, 'inputs'),
    outputs: texts(header, 'outputs'),
  };
  const model = loadStoredModel(source, { ...placeOf(header), batching: batchingOf(header) });
  return model instanceof Promise ? model.then((loaded) => new ModelValue(loaded)) : new ModelValue(model);
}

function unpack(bytes: Uint8Array): { header: Header; data: Uint8Array } {
  if (bytes.length < DUMP_PREFIX_BYTES || bytes[0] !== DUMP_VERSION) throw badDump();
  const headerEnd = DUMP_PREFIX_BYTES + Buffer.from(bytes).readUInt32LE(1);
  if (headerEnd > bytes.length) throw badDump();
  const header = parseJson(Buffer.from(bytes.subarray(DUMP_PREFIX_BYTES, headerEnd)).toString('utf8'));
  return { header, data: bytes.subarray(headerEnd) };
}

function parseJson(json: string): Header {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null) return value as Header;
  } catch {
    // Answered below like every other damage.
  }
  throw badDump();
}

function placeOf(header: Header): { device: string; tag: string } {
  const device = text(header, 'device');
  if (!isDeviceName(device) || isGpu(device)) throw badDump();
  return { device, tag: text(header, 'tag') };
}

function backendOf(header: Header): BackendName {
  const backend = text(header, 'backend');
  if (backend === 'TF' || backend === 'TFLITE' || backend === 'TORCH' || backend === 'ONNX') return backend;
  throw badDump();
}

function batchingOf(header: Header): Batching {
  const batching = header['batching'];
  if (typeof batching !== 'object' || batching === null) throw badDump();
  const fields = batching as Header;
  return { size: count(fields, 'size'), sizeMin: count(fields, 'sizeMin'), timeoutMs: count(fields, 'timeoutMs') };
}

function text(header: Header, name: string): string {
  const value = header[name];
  if (typeof value !== 'string') throw badDump();
  return value;
}

function count(header: Header, name: string): number {
  const value = header[name];
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw badDump();
  return value as number;
}

function texts(header: Header, name: string): string[] {
  const value = header[name];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) throw badDump();
  return value;
}

function numbers(header: Header, name: string): number[] {
  const value = header[name];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'number')) throw badDump();
  return value;
}

function badDump(): ReplyError {
  return new ReplyError(BAD_DUMP.text);
}
