// Operators of one tensor, element by element.
import { unary, type UnaryOperator } from '../../../kernels/elementwise-unary.ts';
import { binary } from '../../../kernels/elementwise-binary.ts';
import { NUMERIC } from '../../../tensor/dtype.ts';
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

/** The form of an operator that writes its result into its first operand. */
export const intoSelf =
  <Rest extends unknown[]>(rule: (value: Tensor, ...rest: Rest) => Tensor): ((self: Tensor, ...rest: Rest) => Tensor) =>
  (self, ...rest) => {
    copyInto(self, rule(self, ...rest));
    return self;
  };

/** ~ of integers; of truth values it is `not`. */
function bitwiseNot(value: Tensor): Tensor {
  const dtype = numericDtype(value);
  if (dtype === 'BOOL') return OPERATORS['logical_not']!(value);
  if (NUMERIC[dtype].kind === 'real') throw new ScriptError('~ is not supported for tensors of floats');
  return binary('sub', dtype)(scalarTensor({ kind: 'int', value: -1 }, dtype), value, room);
}

export function clamp(value: Tensor, min: Scalar | Tensor | null, max: Scalar | Tensor | null): Tensor {
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
  operator('clamp_(Tensor self!, Scalar? min=None, Scalar? max=None) -> Tensor', intoSelf(clamp)),
  operator('nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor', nanToNum),
  operator('logit(Tensor self, float? eps=None) -> Tensor', logit),
];
