// Many elements folded to one: over the whole tensor, or over some of its dimensions.
import { cumprod, cumsum } from '../../../kernels/cumulative.ts';
import { argExtreme } from '../../../kernels/order.ts';
import { binary } from '../../../kernels/elementwise-binary.ts';
import { reduce, type ReduceOperator } from '../../../kernels/reduce.ts';
import { unary } from '../../../kernels/elementwise-unary.ts';
import { NUMERIC, type NumericDtype } from '../../../tensor/dtype.ts';
import type { NumericData, Tensor } from '../../../tensor/tensor.ts';
import { ScriptError } from '../../script.ts';
import type { Scalar } from '../numbers.ts';
import { operator, type Operator } from '../operator.ts';
import { room } from './memory.ts';
import { asTensor, numericDtype, realDtype, scalarTensor } from './promotion.ts';
import { dimensionOf, reshape, unsqueeze } from './shape.ts';
import { takeAlong } from './picking.ts';
import { dtypeOf } from './torch-dtype.ts';

type Dims = readonly number[] | null;

/** null and [] are all dimensions. */
function fold(name: ReduceOperator, value: Tensor, dims: Dims, keepdim: boolean): Tensor {
  const rank = value.shape.length;
  const axes = dims === null || dims.length === 0 || rank === 0 ? undefined : dims.map((dim) => dimensionOf(dim, rank));
  return reduce(name, value, axes, keepdim, room);
}

/** Sums of whole numbers are INT64, whatever they are sums of. */
function summed(name: 'sum' | 'prod', value: Tensor, dims: Dims, keepdim: boolean, dtype: number | null): Tensor {
  const own = numericDtype(value);
  const type = dtype === null ? (NUMERIC[own].kind === 'real' ? own : 'INT64') : dtypeOf(dtype);
  return fold(name, asTensor(value, type), dims, keepdim);
}

function mean(value: Tensor, dims: Dims, keepdim: boolean, dtype: number | null): Tensor {
  const type = dtype === null ? numericDtype(value) : dtypeOf(dtype);
  if (NUMERIC[type].kind !== 'real')
    throw new ScriptError(
      'mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype.',
    );
  return fold('mean', asTensor(value, type), dims, keepdim);
}

/** Worked out in doubles: the mean of the squared distances from the mean. */
function variance(value: Tensor, dims: Dims, unbiased: boolean, keepdim: boolean): Tensor {
  const own = numericDtype(value);
  if (NUMERIC[own].kind !== 'real') throw new ScriptError('std and var only support floating point and complex dtypes');
  const x = asTensor(value, 'DOUBLE');
  const centre = fold('mean', x, dims, true);
  const kept =
    dims === null || dims.length === 0
      ? reshape(
          centre,
          value.shape.map(() => 1),
        )
      : centre;
  const squares = binary('squaredDifference', 'DOUBLE')(x, kept, room);
  const sums = fold('sum', squares, dims, keepdim);
  const count = x.data.length / Math.max(1, sums.data.length) - (unbiased ? 1 : 0);
  return asTensor(
    binary('div', 'DOUBLE')(sums, scalarTensor({ kind: 'float', value: Math.max(0, count) }, 'DOUBLE'), room),
    own,
  );
}

function deviation(value: Tensor, dims: Dims, unbiased: boolean, keepdim: boolean): Tensor {
  const dtype = numericDtype(value);
  return unary('sqrt', dtype)(variance(value, dims, unbiased, keepdim), room);
}

function needElements(value: Tensor, name: string): void {
  if (value.data.length === 0)
    throw new ScriptError(
      `${name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`,
    );
}

const extreme =
  (name: 'max' | 'min') =>
  (value: Tensor): Tensor => {
    needElements(value, name);
    return fold(name, value, null, false);
  };

const extremes =
  (name: 'max' | 'min') =>
  (value: Tensor, dims: Dims, keepdim: boolean): Tensor => {
    needElements(value, `a${name}`);
    return fold(name, value, dims, keepdim);
  };

/** Values and indices along one dimension. */
const extremeAlong =
  (name: 'max' | 'min') =>
  (value: Tensor, dim: number, keepdim: boolean): [Tensor, Tensor] => {
    const indices = argAlong(name, value, dim, true);
    const values = takeAlong(value, indices, dimensionOf(dim, value.shape.length));
    if (keepdim || value.shape.length === 0) return [values, indices];
    const shape = value.shape.toSpliced(dimensionOf(dim, value.shape.length), 1);
    return [reshape(values, shape), reshape(indices, shape)];
  };

function argAlong(name: 'max' | 'min', value: Tensor, dim: number | null, keepdim: boolean): Tensor {
  needElements(value, `arg${name}`);
  const source = dim === null || value.shape.length === 0 ? reshape(value, [-1]) : value;
  const at = dim === null ? 0 : dimensionOf(dim, value.shape.length);
  const indices = argExtreme(name, source, at, 'INT64', room);
  if (value.shape.length === 0) return reshape(indices, []);
  if (!keepdim) return indices;
  return dim === null
    ? reshape(
        indices,
        value.shape.map(() => 1),
      )
    : unsqueeze(indices, at);
}

const quantified =
  (name: 'any' | 'all') =>
  (value: Tensor, dim: number | null, keepdim: boolean): Tensor =>
    fold(name, asTensor(value, 'BOOL'), dim === null ? null : [dim], keepdim);

function norm(value: Tensor, p: Scalar | null, dims: Dims, keepdim: boolean): Tensor {
  const own = numericDtype(value);
  if (NUMERIC[own].kind !== 'real')
    throw new ScriptError('norm(): input dtype should be either floating point or complex dtype.');
  const x = unary('abs', 'DOUBLE')(asTensor(value, 'DOUBLE'), room);
  return asTensor(normOf(x, p?.value ?? 2, dims, keepdim), own);
}

function normOf(x: Tensor, p: number, dims: Dims, keepdim: boolean): Tensor {
  const constant = (value: number): Tensor => scalarTensor({ kind: 'float', value }, 'DOUBLE');
  if (p === Infinity) return fold('max', x, dims, keepdim);
  if (p === -Infinity) return fold('min', x, dims, keepdim);
  if (p === 0) return fold('sum', asTensor(asTensor(x, 'BOOL'), 'DOUBLE'), dims, keepdim);
  const pow = binary('pow', 'DOUBLE');
  return pow(fold('sum', pow(x, constant(p), room), dims, keepdim), constant(1 / p), room);
}

function logSumExp(value: Tensor, dims: Dims, keepdim: boolean): Tensor {
  const own = realDtype(numericDtype(value));
  const x = asTensor(value, 'DOUBLE');
  const top = fold('max', x, dims, true);
  const shifted = unary('exp', 'DOUBLE')(binary('sub', 'DOUBLE')(x, top, room), room);
  const sums = unary('log', 'DOUBLE')(fold('sum', shifted, dims, keepdim), room);
  return asTensor(binary('add', 'DOUBLE')(sums, reshape(top, sums.shape), room), own);
}

const running =
  (kernel: typeof cumsum) =>
  (value: Tensor, dim: number, dtype: number | null): Tensor => {
    const own = numericDtype(value);
    const type: NumericDtype = dtype === null ? (NUMERIC[own].kind === 'real' ? own : 'INT64') : dtypeOf(dtype);
    if (value.shape.length === 0) return asTensor(value, type);
    return kernel(asTensor(value, type), dimensionOf(dim, value.shape.length), {}, room);
  };

/** The middle one in order; of two middle ones the lower. */
function median(value: Tensor): Tensor {
  needElements(value, 'median');
  const data = (value.data as NumericData).slice();
  const hasNan = (data as Float64Array).findIndex((x) => Number.isNaN(x));
  const at = hasNan >= 0 ? hasNan : (data.length - 1) >> 1;
  if (hasNan < 0) data.sort();
  return { dtype: value.dtype, shape: [], data: data.slice(at, at + 1) };
}

const WHOLE = 'bool keepdim=False, *, int? dtype=None';

export const REDUCTION: readonly Operator[] = [
  operator('sum(Tensor self, *, int? dtype=None) -> Tensor', (value: Tensor, dtype: number | null) =>
    summed('sum', value, null, false, dtype),
  ),
  operator(
    `sum(Tensor self, int[]? dim, ${WHOLE}) -> Tensor`,
    (value: Tensor, dims: Dims, keepdim: boolean, dtype: number | null) => summed('sum', value, dims, keepdim, dtype),
  ),
  operator('prod(Tensor self, *, int? dtype=None) -> Tensor', (value: Tensor, dtype: number | null) =>
    summed('prod', value, null, false, dtype),
  ),
  operator(
    `prod(Tensor self, int dim, ${WHOLE}) -> Tensor`,
    (value: Tensor, dim: number, keepdim: boolean, dtype: number | null) =>
      summed('prod', value, [dim], keepdim, dtype),
  ),
  operator('mean(Tensor self, *, int? dtype=None) -> Tensor', (value: Tensor, dtype: number | null) =>
    mean(value, null, false, dtype),
  ),
  operator(`mean(Tensor self, int[]? dim, ${WHOLE}) -> Tensor`, mean),
  ...Object.entries({ var: variance, std: deviation }).flatMap(([name, rule]) => [
    operator(`${name}(Tensor self, bool unbiased=True) -> Tensor`, (value: Tensor, unbiased: boolean) =>
      rule(value, null, unbiased, false),
    ),
    operator(`${name}(Tensor self, int[]? dim, bool unbiased=True, bool keepdim=False) -> Tensor`, rule),
  ]),
  ...(['max', 'min'] as const).flatMap((name) => [
    operator(`${name}(Tensor self) -> Tensor`, extreme(name)),
    operator(`${name}(Tensor self, int dim, bool keepdim=False) -> (Tensor, Tensor)`, extremeAlong(name)),
    operator(`a${name}(Tensor self, int[] dim=[], bool keepdim=False) -> Tensor`, extremes(name)),
    operator(
      `arg${name}(Tensor self, int? dim=None, bool keepdim=False) -> Tensor`,
      (value: Tensor, dim: number | null, keepdim: boolean) => argAlong(name, value, dim, keepdim),
    ),
  ]),
  ...(['any', 'all'] as const).map((name) =>
    operator(`${name}(Tensor self, int? dim=None, bool keepdim=False) -> Tensor`, quantified(name)),
  ),
  operator('count_nonzero(Tensor self, int[]? dim=None) -> Tensor', (value: Tensor, dims: Dims) =>
    summed('sum', asTensor(value, 'BOOL'), dims, false, null),
  ),
  operator('norm(Tensor self, Scalar? p=2, int[]? dim=None, bool keepdim=False) -> Tensor', norm),
  operator('logsumexp(Tensor self, int[] dim, bool keepdim=False) -> Tensor', logSumExp),
  operator('cumsum(Tensor self, int dim, *, int? dtype=None) -> Tensor', running(cumsum)),
  operator('cumprod(Tensor self, int dim, *, int? dtype=None) -> Tensor', running(cumprod)),
  operator('median(Tensor self) -> Tensor', median),
];
