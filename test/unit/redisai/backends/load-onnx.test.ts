// The ONNX backend: ONNX Runtime behind the engine's tensors, and what is kept from it.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BackendError } from '../../../../src/redisai/backends/model.ts';
import type { RunnableModel } from '../../../../src/redisai/backends/model.ts';
import { refuseExternalData } from '../../../../src/redisai/backends/onnx/external-data.ts';
import { loadModel } from '../../../../src/redisai/backends/registry.ts';
import type { Tensor } from '../../../../src/redisai/tensor/tensor.ts';
import { bytesField, varintField } from '../../../helpers/protobuf-writer.ts';

const RUNTIME = await import('onnxruntime-node').then(
  () => true,
  () => false,
);
const needsRuntime = RUNTIME ? describe : describe.skip;

const MUL = readFileSync(new URL('fixtures/mul.onnx', import.meta.url));
const FLOAT = 1;
const INT64 = 7;

async function load(blob: Uint8Array): Promise<RunnableModel> {
  return loadModel({ backend: 'ONNX', blob, inputs: [], outputs: [] });
}

function floats(shape: readonly number[], ...values: number[]): Tensor {
  return { dtype: 'FLOAT', shape, data: Float32Array.from(values) };
}

/** A ValueInfo: a vector of any length. */
function vector(field: number, name: string, type: number): Uint8Array {
  const shape = bytesField(2, bytesField(1, bytesField(2, 'N')));
  return bytesField(field, bytesField(1, name), bytesField(2, bytesField(1, varintField(1, type), shape)));
}

function operation(op: string, inputs: readonly string[], output: string): Uint8Array {
  const names = inputs.map((name) => bytesField(1, name));
  return bytesField(1, ...names, bytesField(2, output), bytesField(4, op));
}

function model(...graph: Uint8Array[]): Uint8Array {
  const opset = bytesField(8, varintField(2, 13));
  return Buffer.concat([varintField(1, 8), bytesField(7, ...graph, bytesField(2, 'g')), opset]);
}

needsRuntime(`the ONNX backend${RUNTIME ? '' : ' (skipped: onnxruntime-node is not installed)'}`, () => {
  it('runs a model', async () => {
    const mul = await load(MUL);
    expect([mul.inputCount, mul.outputCount]).toEqual([2, 1]);
    expect(mul.signature).toEqual([
      { dtype: 'FLOAT', shape: [-1, 2] },
      { dtype: 'FLOAT', shape: [-1, 2] },
    ]);
    const results = await mul.run([floats([2, 2], 1, 2, 3, 4), floats([2, 2], 5, 6, 7, 8)]);
    expect(results).toEqual([floats([2, 2], 5, 12, 21, 32)]);
  });

  it('takes inputs and gives outputs in the order of the model, each in its dtype', async () => {
    const sums = await load(
      model(
        operation('Sub', ['b', 'a'], 'difference'),
        operation('Neg', ['n'], 'negative'),
        vector(11, 'b', FLOAT),
        vector(11, 'n', INT64),
        vector(11, 'a', FLOAT),
        vector(12, 'negative', INT64),
        vector(12, 'difference', FLOAT),
      ),
    );
    const n: Tensor = { dtype: 'INT64', shape: [1], data: BigInt64Array.of(9n) };
    const results = await sums.run([floats([2], 10, 20), n, floats([2], 1, 2)]);
    expect(results).toEqual([{ dtype: 'INT64', shape: [1], data: BigInt64Array.of(-9n) }, floats([2], 9, 18)]);
  });

  it('says what is wrong in the words of ONNX Runtime', async () => {
    const mul = await load(MUL);
    const good = floats([2, 2], 1, 2, 3, 4);
    const double: Tensor = { dtype: 'DOUBLE', shape: [2, 2], data: new Float64Array(4) };
    const failure = async (input: Tensor): Promise<unknown> => {
      try {
        return await mul.run([good, input]);
      } catch (error) {
        return error;
      }
    };
    expect(await failure(double)).toEqual(
      new BackendError('Unexpected input data type. Actual: (tensor(double)) , expected: (tensor(float))'),
    );
    expect(await failure(floats([1, 3], 1, 2, 3))).toBeInstanceOf(BackendError);
    expect(await failure({ dtype: 'STRING', shape: [1], data: [Buffer.from('x')] })).toBeInstanceOf(BackendError);
  });

  it('refuses what is no model', async () => {
    await expect(load(Buffer.from('garbage'))).rejects.toThrow('Failed to load model because protobuf parsing failed.');
    await expect(load(Buffer.alloc(0))).rejects.toBeInstanceOf(BackendError);
  });

  it('refuses a dtype that the engine does not have', async () => {
    const uint64 = 13;
    const blob = model(operation('Identity', ['a'], 'c'), vector(11, 'a', uint64), vector(12, 'c', uint64));
    await expect(load(blob)).rejects.toThrow('output "c" is of type uint64');
  });
});

describe('models with external data are refused before ONNX Runtime sees them', () => {
  const outside = [bytesField(8, 'w'), varintField(14, 1)];
  const entry = [bytesField(13, bytesField(1, 'location'), bytesField(2, '../../etc/passwd'))];
  const subgraph = (field: number): Uint8Array => bytesField(field, bytesField(5, ...outside));
  it.each([
    ['an initializer', model(bytesField(5, ...outside))],
    ['an initializer with a path', model(bytesField(5, ...entry))],
    ['a sparse initializer', model(bytesField(15, bytesField(2, ...outside)))],
    ['a constant', model(bytesField(1, bytesField(5, bytesField(5, ...outside))))],
    ['a list of tensors', model(bytesField(1, bytesField(5, bytesField(10, ...outside))))],
    ['the branch of an If', model(bytesField(1, bytesField(5, subgraph(6))))],
    ['a list of graphs', model(bytesField(1, bytesField(5, subgraph(11))))],
    ['a function', bytesField(25, bytesField(7, bytesField(5, bytesField(5, ...outside))))],
    ['training', bytesField(20, subgraph(1))],
  ])('%s', (_, blob) => {
    expect(() => refuseExternalData(blob)).toThrow(/external data/);
  });

  it('others pass', () => {
    expect(() => refuseExternalData(MUL)).not.toThrow();
    expect(() => refuseExternalData(model(bytesField(5, varintField(14, 0))))).not.toThrow();
  });
});

describe('backends that are not there', () => {
  it('answer as a RedisAI built without them', () => {
    const loading = (): unknown => loadModel({ backend: 'TFLITE', blob: Buffer.from('x'), inputs: [], outputs: [] });
    expect(loading).toThrow(new BackendError('ERR Could not load backend'));
  });
});
