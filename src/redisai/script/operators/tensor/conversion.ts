// What a tensor is and holds: its size and dtype, its elements as numbers, and the same in another dtype.
import { cast } from '../../../kernels/cast.ts';
import { axisOf } from '../../../kernels/axes.ts';
import type { NumericData, Tensor } from '../../../tensor/tensor.ts';
import { ScriptError } from '../../script.ts';
import type { Scalar } from '../numbers.ts';
import { operator, inline, type Operator } from '../operator.ts';
import { ownCopy, room } from './memory.ts';
import { numberOf, numericDtype, SCALAR_DTYPES, scalarTensor } from './promotion.ts';
import { sameTensor } from './equality.ts';
import { codeOf, dtypeOf } from './torch-dtype.ts';
import { NUMERIC } from '../../../tensor/dtype.ts';
import { contiguous, copyInto } from './view.ts';

function only(value: Tensor): number {
  if (value.data.length !== 1)
    throw new ScriptError(`a Tensor with ${value.data.length} elements cannot be converted to Scalar`);
  return numberOf(value.data as NumericData, 0);
}

const KINDS = { real: 'float', integer: 'int', bool: 'bool' } as const;

function item(value: Tensor): Scalar {
  return { kind: KINDS[NUMERIC[numericDtype(value)].kind], value: only(value) };
}

function toInt(value: Tensor): number {
  const number = Math.trunc(only(value));
  if (!Number.isSafeInteger(number)) throw new ScriptError(`${number} cannot be converted to an int`);
  return number + 0;
}

function truthOf(value: Tensor): boolean {
  if (value.data.length === 0) throw new ScriptError('Boolean value of Tensor with no values is ambiguous');
  if (value.data.length > 1) throw new ScriptError('Boolean value of Tensor with more than one value is ambiguous');
  return only(value) !== 0;
}

function converted(value: Tensor, dtype: number | null, copy = false): Tensor {
  const type = dtype === null ? numericDtype(value) : dtypeOf(dtype);
  if (type === numericDtype(value)) return copy ? ownCopy(value) : value;
  return cast(value, type, room);
}

/** x.float() and so on. */
const methods: Operator[] = Object.entries({
  short: 2,
  int: 3,
  long: 4,
  half: 5,
  float: 6,
  double: 7,
  bool: 11,
  byte: 0,
  char: 1,
}).map(([name, code]) => operator(`${name}(Tensor self) -> Tensor`, (value: Tensor) => converted(value, code)));

const dimension = (value: Tensor, dim: number): number => {
  const { shape } = value;
  if (dim >= shape.length || dim < -shape.length) {
    throw new ScriptError(
      `Dimension out of range (expected to be in range of [${-shape.length}, ${shape.length - 1}], but got ${dim})`,
    );
  }
  return shape[axisOf(dim, shape.length)]!;
};

function allClose(a: Tensor, b: Tensor, rtol: number, atol: number, equalNan: boolean): boolean {
  if (a.data.length !== b.data.length) throw new ScriptError('allclose of tensors of different sizes is not supported');
  for (let i = 0; i < a.data.length; i++) {
    const [x, y] = [Number(a.data[i]), Number(b.data[i])];
    const close =
      x === y || Math.abs(x - y) <= atol + rtol * Math.abs(y) || (equalNan && Number.isNaN(x) && Number.isNaN(y));
    if (!close) return false;
  }
  return true;
}

const toDtype = (value: Tensor, dtype: number | null, _nonBlocking: boolean, copy: boolean): Tensor =>
  converted(value, dtype, copy);
const toDevice = (
  value: Tensor,
  _device: string | null,
  dtype: number | null,
  _nonBlocking: boolean,
  copy: boolean,
): Tensor => converted(value, dtype, copy);
const REST = 'bool non_blocking=False, bool copy=False, int? memory_format=None';

export const CONVERSION: readonly Operator[] = [
  ...methods,
  operator('item(Tensor self) -> Scalar', item),
  operator('prim::NumToTensor(Scalar a) -> Tensor', (a: Scalar) => scalarTensor(a, SCALAR_DTYPES[a.kind])),
  operator('Int(Tensor a) -> int', toInt),
  operator('Float(Tensor a) -> float', only),
  operator('Bool(Tensor a) -> bool', truthOf),
  operator('size(Tensor self) -> int[]', (value: Tensor) => value.shape.slice()),
  operator('size(Tensor self, int dim) -> int', dimension),
  inline('dim(Tensor self) -> int', '$0.shape.length'),
  inline('ndimension(Tensor self) -> int', '$0.shape.length'),
  operator('numel(Tensor self) -> int', (value: Tensor) => value.shape.reduce((count, dim) => count * dim, 1)),
  operator('nelement(Tensor self) -> int', (value: Tensor) => value.shape.reduce((count, dim) => count * dim, 1)),
  operator('len(Tensor self) -> int', (value: Tensor) => {
    if (value.shape.length === 0) throw new ScriptError('len() of a 0-d tensor');
    return value.shape[0]!;
  }),
  operator('prim::dtype(Tensor self) -> int', (value: Tensor) => codeOf(value.dtype)),
  inline('prim::device(Tensor self) -> Device', '($0, "cpu")'),
  inline('prim::is_cuda(Tensor self) -> bool', '($0, false)'),
  inline('prim::requires_grad(Tensor self) -> bool', '($0, false)'),
  operator(
    'is_floating_point(Tensor self) -> bool',
    (value: Tensor) => value.dtype === 'FLOAT' || value.dtype === 'DOUBLE',
  ),
  operator('element_size(Tensor self) -> int', (value: Tensor) => NUMERIC[numericDtype(value)].bytes),
  inline('is_contiguous(Tensor self) -> bool', '($0, true)'),
  operator(`to(Tensor self, int dtype, ${REST}) -> Tensor`, toDtype),
  operator(`to(Tensor self, Device? device, int? dtype=None, ${REST}) -> Tensor`, toDevice),
  operator(`to(Tensor self, str device, int? dtype=None, ${REST}) -> Tensor`, toDevice),
  operator(
    `to(Tensor self, Tensor other, ${REST}) -> Tensor`,
    (value: Tensor, other: Tensor, _: boolean, copy: boolean) => converted(value, codeOf(other.dtype), copy),
  ),
  operator(`to(Tensor self, *, int dtype, ${REST}) -> Tensor`, toDtype),
  operator('type_as(Tensor self, Tensor other) -> Tensor', (value: Tensor, other: Tensor) =>
    converted(value, codeOf(other.dtype)),
  ),
  operator('cpu(Tensor self) -> Tensor', (value: Tensor) => value),
  operator('contiguous(Tensor self, *, int? memory_format=None) -> Tensor', contiguous),
  operator('clone(Tensor self, *, int? memory_format=None) -> Tensor', ownCopy),
  operator('detach(Tensor self) -> Tensor', (value: Tensor) => value),
  operator('requires_grad_(Tensor self, bool requires_grad=True) -> Tensor', (value: Tensor) => value),
  operator(
    'copy_(Tensor self!, Tensor other, bool non_blocking=False) -> Tensor',
    (self: Tensor, other: Tensor) => (copyInto(self, other), self),
  ),
  operator('equal(Tensor self, Tensor other) -> bool', sameTensor),
  operator(
    'allclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> bool',
    allClose,
  ),
];
