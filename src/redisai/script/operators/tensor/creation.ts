// Tensors made from nothing, from numbers, or in the image of another.
import { fill, range } from '../../../kernels/fill.ts';
import type { NumericDtype } from '../../../tensor/dtype.ts';
import type { NumericData, Tensor } from '../../../tensor/tensor.ts';
import { ScriptError } from '../../script.ts';
import type { Scalar } from '../numbers.ts';
import { operator, type Operator } from '../operator.ts';
import { ownCopy, room } from './memory.ts';
import { cast } from '../../../kernels/cast.ts';
import { asTensor, elementOf, numericDtype } from './promotion.ts';
import { dtypeOf } from './torch-dtype.ts';

/** What all makers take and only the dtype of matters: everything lies row by row on one device. */
const OPTIONS =
  'int? dtype=None, int? layout=None, Device? device=None, bool? pin_memory=None, bool? requires_grad=None';

const pick = (dtype: number | null, fallback: NumericDtype): NumericDtype =>
  dtype === null ? fallback : dtypeOf(dtype);

function full(shape: readonly number[], value: number, dtype: NumericDtype): Tensor {
  if (shape.some((dim) => dim < 0))
    throw new ScriptError(`Trying to create tensor with negative dimension: [${shape.join(', ')}]`);
  // A new array is zeros already.
  if (value !== 0) return fill(dtype, shape, elementOf(value, dtype), room);
  return {
    dtype,
    shape: shape.slice(),
    data: room(
      dtype,
      shape.reduce((count, dim) => count * dim, 1),
    ),
  };
}

const DEFAULTS: Readonly<Record<Scalar['kind'], NumericDtype>> = { int: 'INT64', float: 'FLOAT', bool: 'BOOL' };

/** From lists in lists: all of one length at each depth. */
export function fromNested(value: unknown, kind: Scalar['kind'], dtype: number | null): Tensor {
  const shape: number[] = [];
  for (let level = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  const type = pick(dtype, DEFAULTS[kind]);
  const data = room(
    type,
    shape.reduce((count, dim) => count * dim, 1),
  );
  if (shape.length === 1 && type !== 'INT64' && type !== 'BOOL') data.set(value as never);
  else if (store(data, type, value, shape, 0, 0) !== data.length)
    throw new ScriptError('expected a tensor of even shape');
  return { dtype: type, shape, data };
}

function store(
  data: NumericData,
  dtype: NumericDtype,
  value: unknown,
  shape: readonly number[],
  depth: number,
  at: number,
): number {
  if (!Array.isArray(value)) {
    data[at] = elementOf(Number(value), dtype);
    return at + 1;
  }
  if (value.length !== shape[depth]) {
    throw new ScriptError(`expected sequence of length ${shape[depth]!} at dim ${depth} (got ${value.length})`);
  }
  let next = at;
  for (const item of value) next = store(data, dtype, item, shape, depth + 1, next);
  return next;
}

const NESTING_MAX = 6;

/** torch.tensor and its like, for each kind of number at each depth of nesting. */
const fromNumbers = (name: string): Operator[] =>
  (['float', 'int', 'bool'] as const).flatMap((kind) =>
    Array.from({ length: NESTING_MAX + 1 }, (_, depth) =>
      operator(
        `${name}(${kind}${'[]'.repeat(depth)} data, *, int? dtype=None, Device? device=None, bool requires_grad=False) -> Tensor`,
        (data: unknown, dtype: number | null) => fromNested(data, kind, dtype),
      ),
    ),
  );

function arange(start: Scalar, end: Scalar, step: Scalar, dtype: number | null): Tensor {
  if (step.value === 0) throw new ScriptError('step must be nonzero');
  if ((end.value - start.value) / step.value < 0)
    throw new ScriptError('upper bound and larger bound inconsistent with step sign');
  const isReal = [start, end, step].some(({ kind }) => kind === 'float');
  return range(pick(dtype, isReal ? 'FLOAT' : 'INT64'), start.value, end.value, step.value, room);
}

const ZERO: Scalar = { kind: 'int', value: 0 };
const ONE: Scalar = { kind: 'int', value: 1 };

function linspace(start: Scalar, end: Scalar, steps: number, dtype: number | null): Tensor {
  if (steps < 0) throw new ScriptError('number of steps must be non-negative');
  const type = pick(dtype, 'FLOAT');
  const data = room(type, steps);
  const step = steps > 1 ? (end.value - start.value) / (steps - 1) : 0;
  for (let i = 0; i < steps; i++) {
    // From both ends, so that the last element is the end itself.
    data[i] = elementOf(i < steps / 2 ? start.value + i * step : end.value - (steps - 1 - i) * step, type);
  }
  return { dtype: type, shape: [steps], data };
}

function eye(rows: number, columns: number, dtype: number | null): Tensor {
  const result = full([rows, columns], 0, pick(dtype, 'FLOAT'));
  const data = result.data as NumericData;
  for (let i = 0; i < Math.min(rows, columns); i++) data[i * columns + i] = elementOf(1, numericDtype(result));
  return result;
}

const filled = (name: string, value: number): Operator[] => [
  operator(`${name}(int[] size, *, ${OPTIONS}) -> Tensor`, (size: number[], dtype: number | null) =>
    full(size, value, pick(dtype, 'FLOAT')),
  ),
  operator(
    `${name}_like(Tensor self, *, ${OPTIONS}, int? memory_format=None) -> Tensor`,
    (like: Tensor, dtype: number | null) => full(like.shape, value, pick(dtype, numericDtype(like))),
  ),
  operator(
    `new_${name}(Tensor self, int[] size, *, ${OPTIONS}) -> Tensor`,
    (like: Tensor, size: number[], dtype: number | null) => full(size, value, pick(dtype, numericDtype(like))),
  ),
];

const fullOf = (size: readonly number[], value: Scalar, dtype: number | null): Tensor =>
  full(size, value.value, pick(dtype, DEFAULTS[value.kind]));

/** torch.as_tensor of a tensor: itself, where the dtype is the same. */
const shared = (value: Tensor, dtype: number | null): Tensor => asTensor(value, pick(dtype, numericDtype(value)));

/** torch.tensor of a tensor: a copy. */
const copied = (value: Tensor, dtype: number | null): Tensor => {
  const type = pick(dtype, numericDtype(value));
  return type === value.dtype ? ownCopy(value) : cast(value, type, room);
};

export const CREATION: readonly Operator[] = [
  ...filled('zeros', 0),
  ...filled('ones', 1),
  ...filled('empty', 0),
  ...fromNumbers('tensor'),
  ...fromNumbers('as_tensor'),
  operator('tensor(Tensor data, *, int? dtype=None, Device? device=None, bool requires_grad=False) -> Tensor', copied),
  operator('as_tensor(Tensor data, *, int? dtype=None, Device? device=None) -> Tensor', shared),
  operator(`full(int[] size, Scalar fill_value, *, ${OPTIONS}) -> Tensor`, fullOf),
  operator(
    `full_like(Tensor self, Scalar fill_value, *, ${OPTIONS}, int? memory_format=None) -> Tensor`,
    (like: Tensor, value: Scalar, dtype: number | null) =>
      full(like.shape, value.value, pick(dtype, numericDtype(like))),
  ),
  operator(
    `new_full(Tensor self, int[] size, Scalar fill_value, *, ${OPTIONS}) -> Tensor`,
    (like: Tensor, size: number[], value: Scalar, dtype: number | null) =>
      full(size, value.value, pick(dtype, numericDtype(like))),
  ),
  operator(`scalar_tensor(Scalar s, *, ${OPTIONS}) -> Tensor`, (value: Scalar, dtype: number | null) =>
    full([], value.value, pick(dtype, 'FLOAT')),
  ),
  operator(`arange(Scalar end, *, ${OPTIONS}) -> Tensor`, (end: Scalar, dtype: number | null) =>
    arange(ZERO, end, ONE, dtype),
  ),
  operator(
    `arange(Scalar start, Scalar end, *, ${OPTIONS}) -> Tensor`,
    (start: Scalar, end: Scalar, dtype: number | null) => arange(start, end, ONE, dtype),
  ),
  operator(`arange(Scalar start, Scalar end, Scalar step, *, ${OPTIONS}) -> Tensor`, arange),
  operator(`linspace(Scalar start, Scalar end, int steps, *, ${OPTIONS}) -> Tensor`, linspace),
  operator(`eye(int n, *, ${OPTIONS}) -> Tensor`, (n: number, dtype: number | null) => eye(n, n, dtype)),
  operator(`eye(int n, int m, *, ${OPTIONS}) -> Tensor`, eye),
];
