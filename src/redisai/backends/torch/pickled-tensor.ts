// Tensors in saved modules: the pickle says dtype, shape and strides, and a file of the archive has the numbers.
import { NUMERIC, type NumericDtype } from '../../tensor/dtype.ts';
import { tensorFromBlob } from '../../tensor/blob.ts';
import { checkedCount } from '../../tensor/shape.ts';
import type { NumericData, Tensor } from '../../tensor/tensor.ts';
import { ownCopy } from '../../script/operators/tensor/memory.ts';
import { viewOf } from '../../script/operators/tensor/view.ts';
import { BackendError } from '../model.ts';
import { PickledGlobal, type PickleReaders, type PickleValue } from './unpickle.ts';
import type { ZipArchive } from './zip-archive.ts';

/** A tensor among the values of a pickle. */
export class PickledTensor {
  readonly extra: Tensor;
  constructor(extra: Tensor) {
    this.extra = extra;
  }
}

class PickledStorage {
  readonly extra: Tensor;
  constructor(extra: Tensor) {
    this.extra = extra;
  }
}

const STORAGES: ReadonlyMap<string, NumericDtype> = new Map([
  ['torch.FloatStorage', 'FLOAT'],
  ['torch.DoubleStorage', 'DOUBLE'],
  ['torch.LongStorage', 'INT64'],
  ['torch.IntStorage', 'INT32'],
  ['torch.ShortStorage', 'INT16'],
  ['torch.CharStorage', 'INT8'],
  ['torch.ByteStorage', 'UINT8'],
  ['torch.BoolStorage', 'BOOL'],
]);

type Builder = (args: readonly PickleValue[]) => PickleValue;

/** The functions that torch's pickles call. The typed lists are lists; hooks of tensors are nothing here. */
const BUILDERS: ReadonlyMap<string, Builder> = new Map<string, Builder>([
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  ['torch._utils._rebuild_parameter', ([value]) => value ?? null],
  ['torch.jit._pickle.restore_type_tag', ([value]) => value ?? null],
  ['torch.jit._pickle.build_intlist', ([value]) => value ?? null],
  ['torch.jit._pickle.build_doublelist', ([value]) => value ?? null],
  ['torch.jit._pickle.build_boollist', ([value]) => value ?? null],
  ['torch.jit._pickle.build_tensorlist', ([value]) => value ?? null],
  ['collections.OrderedDict', () => new Map()],
]);

/** @param folder where in the archive the numbers of this pickle's tensors are */
export function tensorReaders(archive: ZipArchive, folder: string): PickleReaders {
  const storages = new Map<string, PickledStorage>();
  return {
    build: (name, args) => BUILDERS.get(name)?.(args),
    persistent: ([kind, type, key]) => {
      if (kind !== 'storage' || !(type instanceof PickledGlobal) || typeof key !== 'string')
        throw unsupported('a persistent id');
      const known = storages.get(key);
      if (known !== undefined) return known;
      const storage = new PickledStorage(readStorage(archive.read(`${folder}/${key}`), type.name));
      storages.set(key, storage);
      return storage;
    },
  };
}

function readStorage(bytes: Uint8Array, type: string): Tensor {
  const dtype = STORAGES.get(type);
  if (dtype === undefined) throw unsupported(`a tensor in ${type}`);
  const count = Math.floor(bytes.length / NUMERIC[dtype].bytes);
  return tensorFromBlob(dtype, [count], bytes.subarray(0, count * NUMERIC[dtype].bytes));
}

/** storage, offset, size, stride, requires_grad, backward_hooks */
function rebuildTensor([storage, offset, size, stride]: readonly PickleValue[]): PickledTensor {
  if (!(storage instanceof PickledStorage)) throw unsupported('a tensor without storage');
  const { dtype, data } = storage.extra;
  const shape = wholeNumbers(size);
  const strides = wholeNumbers(stride);
  const start = wholeNumbers([offset ?? null])[0]!;
  const count = checkedCount(dtype, shape);
  const last = shape.reduce((sum, dim, d) => sum + (dim - 1) * (strides[d] ?? 0), start);
  if (strides.length !== shape.length || (count > 0 && last >= data.length))
    throw unsupported('a tensor beyond its storage');
  const layout = { storage: data as NumericData, offset: start, strides };
  return new PickledTensor(ownCopy(viewOf(dtype, shape, layout)));
}

function wholeNumbers(value: PickleValue | undefined): number[] {
  if (
    Array.isArray(value) &&
    value.every((item) => typeof item === 'number' && Number.isSafeInteger(item) && item >= 0)
  )
    return value as number[];
  throw unsupported('a tensor of a strange shape');
}

const unsupported = (what: string): BackendError =>
  new BackendError(`the model's pickle has ${what}, which is not supported`);
