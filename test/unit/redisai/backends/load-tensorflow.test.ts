// The TensorFlow backend as a whole: recorded runs of RedisAI, its words for what cannot be loaded or run, and hostile files.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BackendError } from '../../../../src/redisai/backends/model.ts';
import type { RunnableModel } from '../../../../src/redisai/backends/model.ts';
import { loadTensorFlowModel } from '../../../../src/redisai/backends/tensorflow/load-tensorflow.ts';
import { tensorFromBlob } from '../../../../src/redisai/tensor/blob.ts';
import type { Tensor } from '../../../../src/redisai/tensor/tensor.ts';
import { FLOAT, INT32, attribute, constant, graph, node, placeholder } from '../../../helpers/graph-writer.ts';
import { bytesField, varint, varintField } from '../../../helpers/protobuf-writer.ts';

const fixture = (name: string): Buffer => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

interface Recorded {
  readonly runs: readonly {
    readonly transaction: { readonly shape: readonly number[]; readonly bytes: string };
    readonly reference: { readonly shape: readonly number[]; readonly bytes: string };
    readonly output: string;
  }[];
  readonly dropout: readonly {
    readonly transaction: string;
    readonly reference: string;
    readonly mean: number;
    readonly deviation: number;
    readonly min: number;
    readonly max: number;
  }[];
}

const RECORDED = JSON.parse(fixture('fraud-runs.json').toString()) as Recorded;

function load(blob: Uint8Array, inputs: readonly string[], outputs: readonly string[]): RunnableModel {
  return loadTensorFlowModel({ backend: 'TF', blob, inputs, outputs });
}

function run(model: RunnableModel, ...inputs: Tensor[]): Tensor {
  return (model.run(inputs) as Tensor[])[0]!;
}

function floats(shape: readonly number[], base64: string): Tensor {
  return tensorFromBlob('FLOAT', shape, Buffer.from(base64, 'base64'));
}

function row(...values: number[]): Tensor {
  return { dtype: 'FLOAT', shape: [1, values.length], data: Float32Array.from(values) };
}

function zeros(...shape: number[]): Tensor {
  return { dtype: 'FLOAT', shape, data: new Float32Array(shape.reduce((product, dim) => product * dim, 1)) };
}

const fraudModel = (file = 'fraud.pb'): RunnableModel => load(fixture(file), ['transaction', 'reference'], ['output']);

describe('a fraud model', () => {
  it.each(RECORDED.runs.map((recorded, i) => [i, recorded] as const))(
    'gives what RedisAI gave, run %i',
    (_, recorded) => {
      const { transaction, reference, output } = recorded;
      const result = run(
        fraudModel(),
        floats(transaction.shape, transaction.bytes),
        floats(reference.shape, reference.bytes),
      );
      const expected = floats(result.shape, output).data as Float32Array;
      (result.data as Float32Array).forEach((score, i) => {
        expect(Math.abs(score / expected[i]! - 1)).toBeLessThan(1e-6);
      });
    },
  );

  it('keeps the result of one run apart from the next', () => {
    const model = fraudModel();
    const first = run(model, zeros(1, 30), zeros(1, 256));
    const before = Array.from(first.data as Float32Array);
    run(model, row(...new Array<number>(30).fill(3)), zeros(1, 256));
    expect(Array.from(first.data as Float32Array)).toEqual(before);
  });

  it('takes batches of changing size', () => {
    const model = fraudModel();
    for (const rows of [1, 7, 1, 300, 2]) {
      expect(run(model, zeros(rows, 30), zeros(1, 256)).shape).toEqual([rows, 2]);
    }
  });

  it.each(RECORDED.dropout.map((recorded, i) => [i, recorded] as const))(
    'with dropout spreads as RedisAI does, transaction %i',
    (_, { transaction, reference, mean, deviation, min, max }) => {
      const draws = 2000;
      const one = Buffer.from(transaction, 'base64');
      const rows = tensorFromBlob('FLOAT', [draws, 30], Buffer.concat(new Array<Buffer>(draws).fill(one)));
      const output = run(fraudModel('fraud_dropout.pb'), rows, floats([1, 256], reference)).data as Float32Array;
      const scores = Array.from({ length: draws }, (_unused, i) => output[2 * i]!);
      const average = scores.reduce((sum, score) => sum + score, 0) / draws;
      // Two means of 2000 draws each; eight times their deviation is never left by chance.
      expect(Math.abs(average - mean)).toBeLessThan(8 * deviation * Math.sqrt(2 / draws));
      expect(Math.max(...scores)).toBeLessThan(max + 0.2 * (max - min));
      expect(Math.min(...scores)).toBeGreaterThan(min - 0.2 * (max - min));
      expect(new Set(scores).size).toBeGreaterThan(10);
    },
  );
});

describe('loading answers in the words of RedisAI', () => {
  it.each([
    [
      'an input that is not there',
      fixture('mul.pb'),
      ['a', 'nope'],
      ['mul'],
      'ERR Input node named "nope" not found in TF graph.',
    ],
    [
      'an output that is not there',
      fixture('mul.pb'),
      ['a', 'b'],
      ['nope'],
      'ERR Output node named "nope" not found in TF graph',
    ],
    ['no graph at all', Buffer.from('garbage'), ['a'], ['b'], 'Invalid GraphDef'],
    ['half a graph', fixture('fraud.pb').subarray(0, 6000), ['a'], ['b'], 'Invalid GraphDef'],
    ['an empty graph', Buffer.alloc(0), ['a'], ['b'], 'ERR Input node named "a" not found in TF graph.'],
    ['an ONNX model', fixture('mul.onnx'), ['a', 'b'], ['c'], 'ERR Input node named "a" not found in TF graph.'],
  ])('%s', (_, blob, inputs, outputs, words) => {
    expect(() => load(blob, inputs, outputs)).toThrow(new BackendError(words));
  });
});

describe('running answers in the words of RedisAI', () => {
  const double: Tensor = { dtype: 'DOUBLE', shape: [1, 30], data: new Float64Array(30) };
  const text: Tensor = { dtype: 'STRING', shape: [1], data: [Buffer.from('x')] };
  const reference = zeros(1, 256);
  it.each([
    ['a row too short', zeros(1, 29), reference, 'Incompatible shapes: [1,29] vs. [30]\n\t [[{{node Sub}}]]'],
    ['no row but a vector', zeros(30), reference, 'In[0] is not a matrix\n\t [[{{node Relu}}]]'],
    ['a constant first', zeros(1, 30), zeros(1, 30), 'Incompatible shapes: [1,256] vs. [1,30]\n\t [[{{node Mul}}]]'],
    ['a wrong dtype', double, reference, 'Expects arg[1] to be float but double is provided'],
    ['a wrong dtype of the other', zeros(1, 30), double, 'Expects arg[0] to be float but double is provided'],
    ['text', text, reference, 'Expects arg[1] to be float but string is provided'],
  ])('%s', (_, transaction, references, words) => {
    expect(() => run(fraudModel(), transaction, references)).toThrow(new BackendError(words));
  });

  it('runs again after an error', () => {
    const model = fraudModel();
    const before = run(model, zeros(1, 30), reference);
    expect(() => run(model, zeros(1, 29), reference)).toThrow(BackendError);
    expect(run(model, zeros(1, 30), reference)).toEqual(before);
  });

  it('misses a placeholder that was not named as an input', () => {
    const model = load(fixture('fraud.pb'), ['transaction'], ['output']);
    expect(() => run(model, zeros(1, 30))).toThrow(/You must feed a value for placeholder tensor 'reference'/);
  });
});

describe('inputs and outputs', () => {
  const doubled = graph(placeholder('x'), node('y', 'AddV2', ['x', 'x'], { T: attribute.type(FLOAT) }));

  it('may be fed in the middle of the graph', () => {
    const blob = graph(doubled, node('z', 'Neg', ['y'], { T: attribute.type(FLOAT) }));
    expect(run(load(blob, ['y'], ['z']), row(1, 2)).data).toEqual(Float32Array.of(-1, -2));
  });

  it('an input may be an output', () => {
    expect(run(load(doubled, ['x'], ['x']), row(1, 2)).data).toEqual(Float32Array.of(1, 2));
  });

  it('tell their dtypes and shapes, and what a row costs', () => {
    const { signature, flopsPerRow } = fraudModel();
    expect(signature).toEqual([
      { dtype: 'FLOAT', shape: [-1, 30] },
      { dtype: 'FLOAT', shape: [1, 256] },
    ]);
    expect(flopsPerRow).toBe(2 * (256 * 4 + 30 * 12 + 4 * 12 + 12 * 8 + 8 * 2));
  });

  it('control inputs and NoOp say nothing about values', () => {
    const blob = graph(
      placeholder('x'),
      node('init', 'NoOp'),
      node('y', 'Identity', ['x', '^init'], { T: attribute.type(FLOAT) }),
    );
    expect(run(load(blob, ['x'], ['y']), row(4)).data).toEqual(Float32Array.of(4));
  });
});

describe('refused when loaded', () => {
  const T = { T: attribute.type(FLOAT) };
  it.each([
    ['an unknown operator', [node('y', 'ReadFile', ['x'])], /Op type not registered 'ReadFile': node "y"/],
    ['an operator named like a property', [node('y', 'constructor', ['x'])], /not registered 'constructor'/],
    [
      'an unknown attribute',
      [node('y', 'Neg', ['x'], { ...T, odd: attribute.int(1) })],
      /node "y" \(op Neg\): attribute odd/,
    ],
    ['an unknown dtype', [node('y', 'Neg', ['x'], { T: attribute.type(19) })], /node "y" \(op Neg\).*data type 19/],
    [
      'an attribute of another kind',
      [node('y', 'Neg', ['x'], { T: attribute.int(1) })],
      /attribute T is not of kind type/,
    ],
    ['too few inputs', [node('y', 'Sub', ['x'], T)], /node "y" \(op Sub\): expects 2 inputs, has 1/],
    ['an input from nowhere', [node('y', 'Neg', ['z'], T)], /Node 'y': Unknown input node 'z'/],
    ['an output that a node does not have', [node('y', 'Neg', ['x:3'], T)], /Node 'x' has no output 3/],
    ['two nodes of a name', [node('y', 'Neg', ['x'], T), node('y', 'Abs', ['x'], T)], /Node 'y' is not unique/],
    ['a cycle', [node('y', 'Neg', ['z'], T), node('z', 'Neg', ['y'], T)], /cycle through node/],
    ['a node that feeds itself', [node('y', 'Neg', ['y'], T)], /cycle through node/],
    ['a huge constant', [constant('y', FLOAT, [2 ** 20, 2 ** 20], 1)], /node "y" \(op Const\).*larger than the limit/],
    ['a shape that overflows', [constant('y', FLOAT, [2n ** 40n, 2n ** 40n], 1)], /larger than the limit/],
    ['a negative dimension', [constant('y', FLOAT, [-5], 1)], /negative/],
    [
      'an operator of countless outputs',
      [node('y', 'Unpack', ['x'], { ...T, num: attribute.int(2 ** 40) })],
      /outputs/,
    ],
    ['NCHW', [node('y', 'BiasAdd', ['x', 'x'], { ...T, data_format: attribute.text('NCHW') })], /data_format = NCHW/],
  ])('%s', (_, nodes, words) => {
    const loading = (): RunnableModel => load(graph(placeholder('x'), ...nodes), ['x'], ['y']);
    expect(loading).toThrow(BackendError);
    expect(loading).toThrow(words);
  });
});

describe('hostile files', () => {
  const deep = (levels: number): Uint8Array => {
    let message: Uint8Array = varintField(3, 1);
    for (let i = 0; i < levels; i += 1) message = bytesField(1, message);
    return message;
  };
  it.each([
    ['a length beyond the end', Uint8Array.from([0x0a, 0xff, 0xff, 0xff, 0x7f, 1])],
    ['a length of 2^64 - 1', Buffer.concat([Buffer.from([0x0a]), varint(2n ** 64n - 1n)])],
    ['a varint without end', Buffer.concat([Buffer.from([0x08]), Buffer.alloc(20, 0xff)])],
    ['field number 0', Uint8Array.from([0x00, 0x01])],
    ['a wire type that is none', Uint8Array.from([0x0f])],
    ['an end within a number', Uint8Array.from([0x0d, 1, 2])],
  ])('%s', (_, blob) => {
    expect(() => load(blob, ['x'], ['y'])).toThrow(new BackendError('Invalid GraphDef'));
  });

  it('nested messages are passed over where they mean nothing', () => {
    expect(() => load(bytesField(9, deep(5000)), ['x'], ['y'])).toThrow(/Input node named "x" not found/);
  });

  it('a chain longer than any call stack', () => {
    const length = 15_000;
    const chain = Array.from({ length }, (_, i) =>
      node(`n${i}`, 'Neg', [i === 0 ? 'x' : `n${i - 1}`], { T: attribute.type(FLOAT) }),
    );
    const model = load(graph(placeholder('x'), ...chain.reverse()), ['x'], [`n${length - 1}`]);
    expect(run(model, row(2)).data).toEqual(Float32Array.of(2));
  });

  it('a run that asks for more memory than there may be', () => {
    const blob = graph(
      placeholder('dims', INT32),
      constant('one', FLOAT, [], 1),
      node('y', 'Fill', ['dims', 'one'], { T: attribute.type(FLOAT) }),
    );
    const dims: Tensor = { dtype: 'INT32', shape: [3], data: Int32Array.of(2 ** 30, 2 ** 30, 2 ** 30) };
    expect(() => run(load(blob, ['dims'], ['y']), dims)).toThrow(/larger than the limit.*\n.*node y/);
  });

  it('constants that would multiply when folded stay unfolded', () => {
    const blob = graph(
      constant('dims', INT32, [3], 4096),
      constant('one', FLOAT, [], 1),
      node('y', 'Fill', ['dims', 'one'], { T: attribute.type(FLOAT) }),
      placeholder('x'),
    );
    expect(() => run(load(blob, ['x'], ['y']), row(1))).toThrow(/larger than the limit/);
  });

  it('many constants that are small each', () => {
    const many = Array.from({ length: 5 }, (_, i) => constant(`c${i}`, FLOAT, [2 ** 24], 1));
    const names = many.map((_, i) => `c${i}`);
    const blob = graph(...many, node('y', 'AddN', ['x', ...names], { T: attribute.type(FLOAT) }), placeholder('x'));
    expect(() => load(blob, ['x'], ['y'])).toThrow(/constants larger than the limit/);
  });

  it('operands whose types contradict the graph', () => {
    const blob = graph(
      placeholder('x'),
      placeholder('n', INT32),
      node('y', 'AddV2', ['x', 'n'], { T: attribute.type(FLOAT) }),
    );
    const n: Tensor = { dtype: 'INT32', shape: [1], data: Int32Array.of(1) };
    expect(() => run(load(blob, ['x', 'n'], ['y']), row(1), n)).toThrow(/expected a FLOAT tensor, got INT32/);
  });

  it('every flipped byte of a model loads, or is refused with a reason', () => {
    const original = fixture('fraud.pb');
    for (let at = 0; at < original.length; at += 7) {
      const blob = Buffer.from(original);
      blob[at] = blob[at]! ^ (1 << (at % 8));
      try {
        run(load(blob, ['transaction', 'reference'], ['output']), zeros(1, 30), zeros(1, 256));
      } catch (error) {
        expect(error).toBeInstanceOf(BackendError);
      }
    }
  });
});
