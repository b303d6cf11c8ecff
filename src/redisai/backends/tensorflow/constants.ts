// TensorFlow's element types and the tensors that stand in a graph, as tensors of the engine.
import { tensorFromBlob } from '../../tensor/blob.ts';
import { NUMERIC } from '../../tensor/dtype.ts';
import type { NumericDtype } from '../../tensor/dtype.ts';
import { checkedCount } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { BackendError } from '../model.ts';
import type { GraphTensor } from './graph-def.ts';

interface TensorFlowType {
  readonly dtype: NumericDtype;
  /** As TensorFlow writes it in messages. */
  readonly name: string;
}

/** All constants of one model together. */
export const CONSTANT_BYTES_MAX = 256 * 1024 * 1024;

/** By the number in the file. */
const TYPES: ReadonlyMap<number, TensorFlowType> = new Map([
  [1, { dtype: 'FLOAT', name: 'float' }],
  [2, { dtype: 'DOUBLE', name: 'double' }],
  [3, { dtype: 'INT32', name: 'int32' }],
  [4, { dtype: 'UINT8', name: 'uint8' }],
  [5, { dtype: 'INT16', name: 'int16' }],
  [6, { dtype: 'INT8', name: 'int8' }],
  [9, { dtype: 'INT64', name: 'int64' }],
  [10, { dtype: 'BOOL', name: 'bool' }],
  [17, { dtype: 'UINT16', name: 'uint16' }],
]);

const NAMES: ReadonlyMap<string, string> = new Map([...TYPES.values()].map(({ dtype, name }) => [dtype, name]));

/** @param where what to name in the error: a node and an attribute */
export function dtypeOfType(type: number, where: string): NumericDtype {
  const known = TYPES.get(type);
  if (known === undefined) throw new BackendError(`${where}: data type ${type} is not supported`);
  return known.dtype;
}

export function typeName(dtype: string): string {
  return NAMES.get(dtype) ?? 'string';
}

/** @param bytesMax bound on what it takes in memory: a few bytes of a file can stand for a large tensor */
export function constantOf(source: GraphTensor, where: string, bytesMax: number): Tensor {
  const dtype = dtypeOfType(source.dtype, where);
  const { shape } = source;
  if (shape === undefined) throw new BackendError(`${where}: a constant of unknown shape`);
  try {
    const count = checkedCount(dtype, shape);
    if (count * NUMERIC[dtype].bytes > bytesMax)
      throw new BackendError(`constants larger than the limit of ${CONSTANT_BYTES_MAX} bytes`);
    if (source.content.length > 0) return tensorFromBlob(dtype, shape, source.content);
    return { dtype, shape, data: spread(source, dtype, count) };
  } catch (error) {
    throw new BackendError(`${where}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The last value given stands for all that follow; none at all means zeros. */
function spread({ values }: GraphTensor, dtype: NumericDtype, count: number): Tensor['data'] {
  if (values.length > count) throw new BackendError(`${values.length} values for ${count} elements`);
  const data = NUMERIC[dtype].allocate(count);
  for (let i = 0; i < count && values.length > 0; i += 1) {
    const value = values[Math.min(i, values.length - 1)]!;
    data[i] = dtype === 'INT64' ? BigInt(value) : Number(value);
  }
  return data;
}
