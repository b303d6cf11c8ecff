// Saved TorchScript modules: the numbers that PyTorch gave for them, and modules that are damaged, hostile or beyond the subset.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BackendError, type RunnableModel } from '../../../../src/redisai/backends/model.ts';
import { loadTorchModel } from '../../../../src/redisai/backends/torch/load-torch.ts';
import type { Tensor } from '../../../../src/redisai/tensor/tensor.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');

interface PlainTensor {
  readonly shape: number[];
  readonly values: number[];
}
const RUNS = JSON.parse(readFileSync(join(FIXTURES, 'torch-modules.json'), 'utf8')) as Record<
  string,
  { readonly inputs: PlainTensor[]; readonly outputs: PlainTensor[] }
>;

const blobOf = (name: string): Uint8Array => readFileSync(join(FIXTURES, `torch-${name}.pt`));
const load = (blob: Uint8Array): RunnableModel => loadTorchModel({ backend: 'TORCH', blob, inputs: [], outputs: [] });
const tensor = ({ shape, values }: PlainTensor): Tensor => ({ dtype: 'FLOAT', shape, data: Float32Array.from(values) });
const floats = (...values: number[]): Tensor => tensor({ shape: [values.length], values });

function errorOf(work: () => unknown): BackendError {
  try {
    work();
  } catch (error) {
    if (error instanceof BackendError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a saved module', () => {
  it.each(['scripted', 'frozen', 'layers', 'traced'])('%s gives what PyTorch gave', (name) => {
    const { inputs, outputs } = RUNS[name]!;
    const results = load(blobOf(name)).run(inputs.map(tensor)) as Tensor[];
    expect(results.map((result) => result.shape)).toEqual(outputs.map((output) => output.shape));
    for (const [i, result] of results.entries()) {
      const values = Array.from(result.data as ArrayLike<number | bigint>, Number);
      for (const [j, value] of values.entries()) expect(value).toBeCloseTo(outputs[i]!.values[j]!, 6);
    }
  });

  it('tells its inputs by name and its outputs by number', () => {
    const [add, two] = [load(blobOf('add')), load(blobOf('two'))];
    expect([add.inputCount, add.inputNames, add.outputCount, add.outputNames]).toEqual([2, ['a', 'b'], 1, ['']]);
    expect([two.inputCount, two.inputNames, two.outputCount, two.outputNames]).toEqual([1, ['a'], 2, ['', '']]);
    expect((two.run([floats(1, 2)]) as Tensor[]).map(({ data }) => [...data])).toEqual([
      [2, 4],
      [2, 3],
    ]);
  });

  it('counts two operations for each weight', () => {
    expect(load(blobOf('scripted')).flopsPerRow).toBe(2 * (4 * 8 + 8 * 2));
  });

  it('does not remember what it wrote into itself', () => {
    const counter = load(blobOf('counter'));
    const results = [1, 2, 3].map(() => [...(counter.run([floats(2)]) as Tensor[])[0]!.data]);
    expect(results).toEqual([[2], [2], [2]]);
  });

  it('says where in its code a run failed', () => {
    const error = errorOf(() => load(blobOf('add')).run([floats(1, 2), floats(1, 2, 3)]));
    expect(error.message).toContain('File "code/__torch__.py", line 7, in forward');
    expect(error.message).toContain('return torch.add(a, b)');
  });
});

describe('a module beyond the subset', () => {
  it('is refused with the operator that is missing', () => {
    const { message } = errorOf(() => load(blobOf('convolution')));
    expect(message).toContain('conv1d is not in the supported subset');
    expect(message).toContain('File "code/__torch__/torch/nn/modules/conv.py"');
  });

  it('is refused where it has no forward', () => {
    expect(errorOf(() => load(blobOf('no-forward'))).message).toBe('the model has no function forward');
  });
});

/** A stored or deflated archive of the given files. */
function zipOf(
  files: Readonly<Record<string, Uint8Array | string>>,
  change: (entry: DataView) => void = () => undefined,
): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(crc32(bytes), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(bytes.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    change(new DataView(entry.buffer, entry.byteOffset, entry.byteLength));
    locals.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

const pickleOf = (...parts: (string | number)[]): Buffer =>
  Buffer.concat([
    Buffer.from([0x80, 2]),
    ...parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part]))),
    Buffer.from('.'),
  ]);

const CODE =
  'class M(Module):\n  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n    return torch.relu(x)\n';
const OBJECT = ['c__torch__\nM\n)', 0x81, '}b'];
const moduleOf = (pickle: Buffer, code = CODE): Buffer => zipOf({ 'm/data.pkl': pickle, 'm/code/__torch__.py': code });

describe('a module that does not end', () => {
  const endless = moduleOf(
    pickleOf(...OBJECT),
    CODE.replace('return torch.relu(x)', 'y = x\n    while True:\n      y = torch.relu(y)\n    return y'),
  );
  const source = { backend: 'TORCH', blob: endless, inputs: [], outputs: [] } as const;

  it.each([
    ['time', { steps: Number.MAX_SAFE_INTEGER, milliseconds: 20 }, 'it ran for longer than 20 ms'],
    ['steps', { steps: 10_000, milliseconds: 3_600_000 }, 'it took more steps than it may'],
  ])('is ended by its limit of %s', (_, limits, why) => {
    const error = errorOf(() => loadTorchModel(source, limits).run([floats(1)]));
    expect(error.message).toContain(why);
  });
});

describe('a hostile module', () => {
  it('is not what the archives of this test are by themselves', () => {
    expect([...(load(moduleOf(pickleOf(...OBJECT))).run([floats(-1, 2)]) as Tensor[])[0]!.data]).toEqual([0, 2]);
  });

  it.each([
    ['no archive', Buffer.from('garbage')],
    ['nothing', Buffer.alloc(0)],
    ['an archive of something else', zipOf({ 'a.txt': 'x' })],
    ['a module without code', zipOf({ 'm/data.pkl': pickleOf(...OBJECT) })],
    [
      'an archive that lies about sizes',
      zipOf({ 'm/data.pkl': pickleOf(...OBJECT) }, (entry) => entry.setUint32(24, 0x7fffffff, true)),
    ],
    [
      'an archive that unpacks to more than it says',
      zipOf({ 'm/data.pkl': Buffer.alloc(10_000_000) }, (entry) => entry.setUint32(24, 100, true)),
    ],
    [
      'an archive that points beyond itself',
      zipOf({ 'm/data.pkl': pickleOf(...OBJECT) }, (entry) => entry.setUint32(42, 0x7fffffff, true)),
    ],
    [
      'an archive of wrong checksums',
      zipOf({ 'm/data.pkl': pickleOf(...OBJECT) }, (entry) => entry.setUint32(16, 1, true)),
    ],
    ['a pickle that calls the system', moduleOf(pickleOf('cposix\nsystem\n(X', 2, 0, 0, 0, 'lstR'))],
    ['a pickle that evaluates', moduleOf(pickleOf('c__builtin__\neval\n(X', 1, 0, 0, 0, '1tR'))],
    ['a pickle of a protocol that torch does not write', moduleOf(pickleOf('(I1\nI2\nl'))],
    ['a pickle without an end', moduleOf(Buffer.from([0x80, 2, 0x28]))],
    ['a pickle that takes from nothing', moduleOf(pickleOf('R'))],
    ['a pickle that recalls what it never stored', moduleOf(pickleOf('h', 9))],
    ['a text longer than the pickle', moduleOf(pickleOf('X', 255, 255, 255, 127))],
    [
      'a tensor beyond its storage',
      moduleOf(
        pickleOf(
          'c__torch__\nM\n)',
          0x81,
          '}X',
          1,
          0,
          0,
          0,
          'wctorch._utils\n_rebuild_tensor_v2\n((X',
          7,
          0,
          0,
          0,
          'storagectorch\nFloatStorage\nX',
          1,
          0,
          0,
          0,
          '0X',
          3,
          0,
          0,
          0,
          'cpuK',
          4,
          'tQK',
          0,
          '(K',
          200,
          't(K',
          1,
          't',
          0x89,
          'NtRsb',
        ),
      ),
    ],
    ['code that is none', moduleOf(pickleOf(...OBJECT), 'class M(Module:\n')],
    ['code that reaches for Redis', moduleOf(pickleOf(...OBJECT), CODE.replace('torch.relu(x)', 'redis.nosuch(x)'))],
    ['code in code without end', moduleOf(pickleOf(...OBJECT), CODE.replace('torch.relu(x)', '('.repeat(100_000)))],
  ])('of %s is refused', (_, blob) => {
    expect(errorOf(() => load(blob)).message).not.toBe('');
  });

  it('may be cut off anywhere, or have any byte changed, and is refused or runs', () => {
    const whole = blobOf('add');
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 0x55;
      for (const blob of [whole.subarray(0, at), changed]) {
        try {
          void load(blob).run([floats(1), floats(2)]);
        } catch (error) {
          expect(error).toBeInstanceOf(BackendError);
        }
      }
    }
  });
});
