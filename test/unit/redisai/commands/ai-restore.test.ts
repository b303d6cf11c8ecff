import { describe, expect, it } from 'vitest';
import { restoreValue } from '../../../../src/redisai/commands/ai-restore.ts';
import { TensorValue } from '../../../../src/redisai/commands/ai-values.ts';
import { ReplyError } from '../../../../src/redisai/commands/command.ts';
import type { AiValue } from '../../../../src/redisai/keyspace/value.ts';
import { tensor } from '../../../../src/redisai/tensor/make-tensor.ts';

function payload(header: string, data = '', version = 1, headerLength = Buffer.byteLength(header)): Uint8Array {
  const prefix = Buffer.alloc(5);
  prefix[0] = version;
  prefix.writeUInt32LE(headerLength, 1);
  return Buffer.concat([prefix, Buffer.from(header), Buffer.from(data, 'latin1')]);
}

describe('a restored value', () => {
  it('is the tensor that was dumped', () => {
    const value = new TensorValue(tensor('INT64', [2], BigInt64Array.of(-1n, 2n ** 62n)));
    expect(restoreValue('AI_TENSOR', value.dump())).toEqual(value);
  });

  it('is made of a copy of the bytes', () => {
    const bytes = new TensorValue(tensor('UINT8', [1], Uint8Array.of(7))).dump();
    const restored = restoreValue('AI_TENSOR', bytes) as TensorValue;
    bytes.fill(0);
    expect(restored.tensor.data).toEqual(Uint8Array.of(7));
  });
});

const PLACE = '"device":"CPU","tag":""';
const MODEL = `{"backend":"TF","inputs":["x"],"outputs":["y"],${PLACE},"batching":{"size":0,"sizeMin":0,"timeoutMs":0}}`;

const HOSTILE: [what: string, type: AiValue['type'], bytes: Uint8Array][] = [
  ['nothing', 'AI_TENSOR', new Uint8Array()],
  ['another version', 'AI_TENSOR', payload('{"dtype":"UINT8","shape":[1]}', 'a', 2)],
  ['a header that ends beyond the bytes', 'AI_TENSOR', payload('{}', '', 1, 0xffffffff)],
  ['no JSON', 'AI_TENSOR', payload('{"dtype"')],
  ['JSON that is no object', 'AI_TENSOR', payload('null')],
  ['a shape that is no list', 'AI_TENSOR', payload('{"dtype":"UINT8","shape":1}', 'a')],
  ['an unknown dtype', 'AI_TENSOR', payload('{"dtype":"__proto__","shape":[1]}', 'a')],
  ['a shape beyond all memory', 'AI_TENSOR', payload('{"dtype":"FLOAT","shape":[1e12,1e6]}')],
  ['a negative dimension', 'AI_TENSOR', payload('{"dtype":"UINT8","shape":[-1]}')],
  ['less data than the shape says', 'AI_TENSOR', payload('{"dtype":"UINT8","shape":[2]}', 'a')],
  ['an unknown backend', 'AI__MODEL', payload(MODEL.replace('"TF"', '"XX"'))],
  ['a device that does not exist', 'AI__MODEL', payload(MODEL.replace('"CPU"', '"GPU"'))],
  ['batching that is no number', 'AI__MODEL', payload(MODEL.replace('"size":0', '"size":"0"'))],
  ['a model that is none', 'AI__MODEL', payload(MODEL, 'garbage')],
  ['a script without its device', 'AI_SCRIPT', payload('{"tag":"","entryPoints":[]}', 'def f(a):\n  return a\n')],
  ['a script that does not compile', 'AI_SCRIPT', payload(`{${PLACE},"entryPoints":[]}`, 'def')],
];

it.each(HOSTILE)('%s is refused', (_what, type, bytes) => {
  expect(() => restoreValue(type, bytes)).toThrow(ReplyError);
});
