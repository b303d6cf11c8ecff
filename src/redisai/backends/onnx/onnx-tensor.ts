// Tensors of the engine as ONNX Runtime's, and back. Both sides use the same arrays, so nothing is copied.
import type { Tensor as OrtTensor } from 'onnxruntime-node';
import type { NumericDtype } from '../../tensor/dtype.ts';
import type { NumericData, Tensor } from '../../tensor/tensor.ts';
import { BackendError } from '../model.ts';

const TYPES: readonly (readonly [NumericDtype, OrtTensor.Type])[] = [
  ['FLOAT', 'float32'],
  ['DOUBLE', 'float64'],
  ['INT8', 'int8'],
  ['INT16', 'int16'],
  ['INT32', 'int32'],
  ['INT64', 'int64'],
  ['UINT8', 'uint8'],
  ['UINT16', 'uint16'],
  ['BOOL', 'bool'],
];
const TYPE_OF: ReadonlyMap<string, OrtTensor.Type> = new Map(TYPES);
const DTYPE_OF: ReadonlyMap<string, NumericDtype> = new Map(TYPES.map(([dtype, type]) => [type, dtype]));

export type MakeOrtTensor = new (type: OrtTensor.Type, data: NumericData, dims: readonly number[]) => OrtTensor;

/** @param what names the tensor in the error */
export function dtypeOfOnnx(type: string, what: string): NumericDtype {
  const dtype = DTYPE_OF.get(type);
  if (dtype === undefined) throw new BackendError(`ERR ${what} is of type ${type}, which is not supported`);
  return dtype;
}

export function toOnnx(value: Tensor, make: MakeOrtTensor): OrtTensor {
  const type = TYPE_OF.get(value.dtype);
  if (type === undefined) throw new BackendError(`ERR ${value.dtype} tensors are not supported by the ONNX backend`);
  return new make(type, value.data as NumericData, value.shape);
}

export function fromOnnx(value: OrtTensor, what: string): Tensor {
  return { dtype: dtypeOfOnnx(value.type, what), shape: [...value.dims], data: value.data as NumericData };
}
