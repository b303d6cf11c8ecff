// Operators of one tensor, element by element.
import { cast } from '../../../kernels/cast.ts';
import { eluWith, leakyRelu, unary, type UnaryOperator } from '../../../kernels/elementwise-unary.ts';
import { binary } from '../../../kernels/elementwise-binary.ts';
import { NUMERIC, type NumericDtype } from '../../../tensor/dtype.ts';
import type { Tensor } from '../../../tensor/tensor.ts';
import { ScriptError } from '../../script.ts';
import type { Scalar } from '../numbers.ts';
import { operator, type Operator } from '../operator.ts';
import { room } from './memory.ts';
import { asTensor, commonDtype, numericDtype, realDtype, scalarTensor } from './promotion.ts';
import { copyInto } from './view.ts';

type Pointwise = (value: Tensor) => Tensor;

/** In the tensor's own dtype. */
const same =
  (name: UnaryOperator): Pointwise =>
  (value) =>
    unary(name, numericDtype(value))(value, room);

/** In a dtype with fractions: whole numbers become FLOAT first. */
const real =
  (name: UnaryOperator): Pointwise =>
  (value) => {
    const dtype = realDtype(numericDtype(value));
    return unary(name, dtype)(asTensor(value, dtype), room);
  };

const notBool =
  (name: string, rule: Pointwise): Pointwise =>
  (value) => {
    if (value.dtype === 'BOOL') throw new ScriptError(`${name} is not supported for bool tensors`);
    return rule(value);
  };

const truth =
  (test: (x: number) => boolean): Pointwise =>
  (value) => {
    const data = room('BOOL', value.data.length);
    for (let i = 0; i < data.length; i++) data[i] = test(Number(value.data[i])) ? 1 : 0;
    return { dtype: 'BOOL', shape: value.shape, data };
  };

/** Names in torch, and what they are. Each has a form with _ that writes into its operand. */
const OPERATORS: Readonly<Record<string, Pointwise>> = {
  ...Object.fromEntries(
    (
      [
        'exp',
        'expm1',
        'log',
        'log2',
        'log10',
        'log1p',
        'sqrt',
        'rsqrt',
        'reciprocal',
        'sin',
        'cos',
        'tan',
        'asin',
        'acos',
        'atan',
        'sinh',
        'cosh',
        'tanh',
        'erf',
        'sigmoid',
      ] as const
    ).map((name) => [name, real(name)]),
  ),
  neg: notBool('neg', same('neg')),
  negative: notBool('neg', same('neg')),
  abs: same('abs'),
  absolute: same('abs'),
  sign: same('sign'),
  sgn: same('sign'),
  square: notBool('square', same('square')),
  floor: same('floor'),
  ceil: same('ceil'),
  trunc: same('trunc'),
  fix: same('trunc'),
  round: same('round'),
  relu: notBool('relu', same('relu')),
  relu6: notBool('relu6', same('relu6')),
  frac: (value) => binary('sub', numericDtype(value))(value, same('trunc')(value), room),
  logical_not: truth((x) => x === 0),
  selu: real('selu'),
  silu: (value) =>
    binary('mul', realDtype(numericDtype(value)))(
      asTensor(value, realDtype(numericDtype(value))),
      real('sigmoid')(value),
      room,
    ),
};

const TESTS: Readonly<Record<string, Pointwise>> = {
  isnan: truth(Number.isNaN),
  isinf: truth((x) => Math.abs(x) === Infinity),
  isfinite: truth(Number.isFinite),
  isposinf: truth((x) => x === Infinity),
  isneginf: truth((x) => x === -Infinity),
  signbit: truth((x) => x < 0 || Object.is(x, -0)),
};

const intoSelf =
  (rule: Pointwise): ((self: Tensor) => Tensor) =>
  (self) => {
    copyInto(self, rule(self));
    return self;
  };

/** ~ of integers; of truth values it is `not`. */
function bitwiseNot(value: Tensor): Tensor {
  const dtype = numericDtype(value);
  if (dtype === 'BOOL') return OPERATORS['logical_not']!(value);
  if (NUMERIC[dtype].kind === 'real') throw new ScriptError('~ is not supported for tensors of floats');
  return binary('sub', dtype)(scalarTensor({ kind: 'int', value: -1 }, dtype), value, room);
}

function clamp(value: Tensor, min: Scalar | Tensor | null, max: Scalar | Tensor | null): Tensor {
  if (min === null && max === null)
    throw new ScriptError("torch.clamp: At least one of 'min' or 'max' must not be None");
  let result = value;
  if (min !== null) result = bounded('maximum', result, min);
  return max === null ? result : bounded('minimum', result, max);
}

function bounded(name: 'maximum' | 'minimum', value: Tensor, bound: Scalar | Tensor): Tensor {
  const dtype = commonDtype(value, bound);
  return binary(name, dtype)(asTensor(value, dtype), asTensor(bound, dtype), room);
}

function roundTo(value: Tensor, decimals: number): Tensor {
  const dtype = numericDtype(value);
  const factor = scalarTensor({ kind: 'float', value: 10 ** decimals }, dtype);
  return binary('div', dtype)(same('round')(binary('mul', dtype)(value, factor, room)), factor, room);
}

/** 0 and other numbers that are not finite become numbers. */
function nanToNum(value: Tensor, nan: number | null, posinf: number | null, neginf: number | null): Tensor {
  const largest = value.dtype === 'FLOAT' ? 3.4028234663852886e38 : Number.MAX_VALUE;
  const data = room(numericDtype(value), value.data.length);
  for (let i = 0; i < data.length; i++) {
    const x = value.data[i] as number | bigint;
    data[i] = Number.isNaN(x)
      ? (nan ?? 0)
      : x === Infinity
        ? (posinf ?? largest)
        : x === -Infinity
          ? (neginf ?? -largest)
          : x;
  }
  return { dtype: value.dtype, shape: value.shape, data };
}

/** x where it is beyond the threshold, else a value. */
function threshold(value: Tensor, bound: Scalar, other: Scalar): Tensor {
  const data = room(numericDtype(value), value.data.length);
  for (let i = 0; i < data.length; i++) {
    const x = value.data[i] as number;
    data[i] = x <= bound.value ? other.value : x;
  }
  return { dtype: value.dtype, shape: value.shape, data };
}

function logit(value: Tensor, eps: number | null): Tensor {
  const dtype = realDtype(numericDtype(value));
  const data = room(dtype, value.data.length);
  for (let i = 0; i < data.length; i++) {
    const x = Number(value.data[i]);
    const p = eps === null ? x : Math.min(Math.max(x, eps), 1 - eps);
    data[i] = Math.log(p / (1 - p));
  }
  return { dtype, shape: value.shape, data };
}

const HALF_SQRT = Math.SQRT1_2;

/** x·Φ(x), exactly or by the tanh that approximates it. */
function gelu(value: Tensor, approximate: string): Tensor {
  const dtype = realDtype(numericDtype(value));
  const x = cast(value, 'DOUBLE', room);
  const erfs = unary('erf', 'DOUBLE')(
    binary('mul', 'DOUBLE')(x, scalarTensor({ kind: 'float', value: HALF_SQRT }, 'DOUBLE'), room),
    room,
  );
  const data = room(dtype, x.data.length);
  for (let i = 0; i < data.length; i++) {
    const v = x.data[i] as number;
    const inner =
      approximate === 'tanh' ? Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3)) : (erfs.data[i] as number);
    data[i] = 0.5 * v * (1 + inner);
  }
  return { dtype, shape: value.shape, data };
}

function softplus(value: Tensor, beta: Scalar, bound: Scalar): Tensor {
  const dtype = realDtype(numericDtype(value));
  const data = room(dtype, value.data.length);
  for (let i = 0; i < data.length; i++) {
    const x = Number(value.data[i]);
    const scaled = x * beta.value;
    data[i] = scaled > bound.value ? x : Math.log1p(Math.exp(scaled)) / beta.value;
  }
  return { dtype, shape: value.shape, data };
}

const realKernel = (
  value: Tensor,
  kernel: (dtype: NumericDtype) => (value: Tensor, allocate: typeof room) => Tensor,
): Tensor => {
  const dtype = realDtype(numericDtype(value));
  return kernel(dtype)(asTensor(value, dtype), room);
};

export const POINTWISE: readonly Operator[] = [
  ...Object.entries(OPERATORS).flatMap(([name, rule]) => [
    operator(`${name}(Tensor self) -> Tensor`, rule),
    operator(`${name}_(Tensor self!) -> Tensor`, intoSelf(rule)),
  ]),
  ...Object.entries(TESTS).map(([name, rule]) => operator(`${name}(Tensor self) -> Tensor`, rule)),
  operator('relu(Tensor self, bool inplace) -> Tensor', OPERATORS['relu']!),
  operator('silu(Tensor self, bool inplace) -> Tensor', OPERATORS['silu']!),
  operator('bitwise_not(Tensor self) -> Tensor', bitwiseNot),
  operator('positive(Tensor self) -> Tensor', (value: Tensor) => value),
  operator('round(Tensor self, *, int decimals) -> Tensor', roundTo),
  operator('clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor', clamp),
  operator('clamp(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor', clamp),
  operator('clip(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor', clamp),
  operator('clamp_min(Tensor self, Scalar min) -> Tensor', (value: Tensor, min: Scalar) => clamp(value, min, null)),
  operator('clamp_max(Tensor self, Scalar max) -> Tensor', (value: Tensor, max: Scalar) => clamp(value, null, max)),
  operator(
    'clamp_(Tensor self!, Scalar? min=None, Scalar? max=None) -> Tensor',
    (self: Tensor, min: Scalar | null, max: Scalar | null) => intoSelf((value) => clamp(value, min, max))(self),
  ),
  operator('hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1, bool inplace=False) -> Tensor', clamp),
  operator('nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor', nanToNum),
  operator('threshold(Tensor self, Scalar threshold, Scalar value, bool inplace=False) -> Tensor', threshold),
  operator('logit(Tensor self, float? eps=None) -> Tensor', logit),
  operator("gelu(Tensor self, *, str approximate='none') -> Tensor", gelu),
  operator('softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor', softplus),
  operator(
    'leaky_relu(Tensor self, Scalar negative_slope=0.01, bool inplace=False) -> Tensor',
    (value: Tensor, slope: Scalar) => realKernel(value, (dtype) => leakyRelu(slope.value, dtype)),
  ),
  operator('elu(Tensor self, Scalar alpha=1, bool inplace=False) -> Tensor', (value: Tensor, alpha: Scalar) =>
    realKernel(value, (dtype) => eluWith(alpha.value, dtype)),
  ),
  operator('logsigmoid(Tensor self) -> Tensor', (value: Tensor) =>
    OPERATORS['neg']!(softplus(OPERATORS['neg']!(value), { kind: 'int', value: 1 }, { kind: 'int', value: 40 })),
  ),
  operator('softsign(Tensor self) -> Tensor', (value: Tensor) => {
    const dtype = realDtype(numericDtype(value));
    const x = asTensor(value, dtype);
    const below = binary('add', dtype)(
      unary('abs', dtype)(x, room),
      scalarTensor({ kind: 'int', value: 1 }, dtype),
      room,
    );
    return binary('div', dtype)(x, below, room);
  }),
];
