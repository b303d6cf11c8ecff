// Tensors, models and scripts as bytes (DUMP): a version byte, the length of a header, the header as JSON, the data.
import type { StoredModel } from '../dag/stored-model.ts';
import type { StoredScript } from '../dag/stored-script.ts';
import { tensorToBlob } from '../tensor/blob.ts';
import type { Tensor } from '../tensor/tensor.ts';

export const DUMP_VERSION = 1;
/** The version byte and the length, four bytes little-endian. */
export const DUMP_PREFIX_BYTES = 5;

export function dumpTensor(tensor: Tensor): Uint8Array {
  return pack({ dtype: tensor.dtype, shape: tensor.shape }, tensorToBlob(tensor));
}

export function dumpModel({ source, settings }: StoredModel): Uint8Array {
  const { backend, inputs, outputs, blob } = source;
  return pack({ backend, inputs, outputs, ...settings }, blob);
}

export function dumpScript({ compiled, settings }: StoredScript): Uint8Array {
  return pack(settings, Buffer.from(compiled.source));
}

function pack(header: object, data: Uint8Array): Uint8Array {
  const json = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(DUMP_PREFIX_BYTES);
  prefix[0] = DUMP_VERSION;
  prefix.writeUInt32LE(json.length, 1);
  return Buffer.concat([prefix, json, data]);
}
