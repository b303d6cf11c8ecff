// Operators of two operands, element by element, with torch's dtype rules: + - * / comparisons and their in-place forms.
import { binary, type BinaryOperator } from '../../../kernels/elementwise-binary.ts';
import { cast } from '../../../kernels/cast.ts';
import { NUMERIC, type NumericDtype } from '../../../tensor/dtype.ts';
import type { Tensor } from '../../../tensor/tensor.ts';
import { ScriptError } from '../../script.ts';
import type { Scalar } from '../numbers.ts';
import { operator, type Operator } from '../operator.ts';
import { room } from './memory.ts';
import { asTensor, commonDtype, realDtype, type Operand } from './promotion.ts';
import { copyInto } from './view.ts';

type Rule = (a: Operand, b: Operand) => Tensor;

/** In the common dtype of both. `ofBools` is what the operator means for two BOOL tensors, if it means anything. */
function common(name: BinaryOperator, ofBools?: BinaryOperator): Rule {
  return (a, b) => {
    const dtype = commonDtype(a, b);
    if (dtype === 'BOOL' && ofBools === undefined) throw new ScriptError(`${name} is not supported for bool tensors`);
    return binary(dtype === 'BOOL' ? ofBools! : name, dtype)(asTensor(a, dtype), asTensor(b, dtype), room);
  };
}

/** In a dtype with fractions, whatever the operands. */
function real(name: BinaryOperator): Rule {
  return (a, b) => {
    const dtype = realDtype(commonDtype(a, b));
    return binary(name, dtype)(asTensor(a, dtype), asTensor(b, dtype), room);
  };
}

function integral(name: BinaryOperator): Rule {
  const rule = common(name);
  return (a, b) => {
    const divides = NUMERIC[commonDtype(a, b)].kind === 'integer';
    if (divides && hasZero(b)) throw new ScriptError('ZeroDivisionError');
    return rule(a, b);
  };
}

function hasZero(operand: Operand): boolean {
  if (!('dtype' in operand)) return operand.value === 0;
  for (const value of operand.data) if (Number(value) === 0) return true;
  return false;
}

/** Integers to a negative power have no integer result. */
const pow: Rule = (a, b) => {
  const dtype = commonDtype(a, b);
  const negative = !('dtype' in b) && b.value < 0;
  if (negative && NUMERIC[dtype].kind === 'integer')
    throw new ScriptError('Integers to negative integer powers are not allowed.');
  return common('pow')(a, b);
};

/** & | ^: truth values stay truth values. */
const bitwise = (name: BinaryOperator, ofBools: BinaryOperator): Rule => {
  const rule = common(name, ofBools);
  return (a, b) => {
    if (NUMERIC[commonDtype(a, b)].kind === 'real')
      throw new ScriptError(`${name} is not supported for tensors of floats`);
    return rule(a, b);
  };
};

const logical =
  (name: BinaryOperator): Rule =>
  (a, b) => {
    const truth = (operand: Operand): Tensor =>
      cast(asTensor(operand, 'dtype' in operand ? (operand.dtype as NumericDtype) : 'FLOAT'), 'BOOL', room);
    return binary(name, 'BOOL')(truth(a), truth(b), room);
  };

const RULES: Readonly<Record<string, Rule>> = {
  mul: common('mul', 'and'),
  div: real('div'),
  floor_divide: integral('floorDiv'),
  floordiv: integral('floorDiv'),
  remainder: integral('floorMod'),
  fmod: integral('truncMod'),
  pow,
  eq: common('equal', 'equal'),
  ne: common('notEqual', 'notEqual'),
  lt: common('less', 'less'),
  le: common('lessEqual', 'lessEqual'),
  gt: common('greater', 'greater'),
  ge: common('greaterEqual', 'greaterEqual'),
  __and__: bitwise('bitAnd', 'and'),
  __or__: bitwise('bitOr', 'or'),
  __xor__: bitwise('bitXor', 'xor'),
  bitwise_and: bitwise('bitAnd', 'and'),
  bitwise_or: bitwise('bitOr', 'or'),
  bitwise_xor: bitwise('bitXor', 'xor'),
};
/** Names that stand for another; and those that take two tensors only. */
const ALIASES: Readonly<Record<string, string>> = {
  multiply: 'mul',
  divide: 'div',
  true_divide: 'div',
  not_equal: 'ne',
  less: 'lt',
  less_equal: 'le',
  greater: 'gt',
  greater_equal: 'ge',
};
const OF_TENSORS: Readonly<Record<string, Rule>> = {
  maximum: common('maximum', 'or'),
  minimum: common('minimum', 'and'),
  fmax: common('maximum', 'or'),
  fmin: common('minimum', 'and'),
  max: common('maximum', 'or'),
  min: common('minimum', 'and'),
  atan2: real('atan2'),
  logical_and: logical('and'),
  logical_or: logical('or'),
  logical_xor: logical('xor'),
};

/** The operator with tensor and number in each order, and the form that writes into its first operand. */
function forms(name: string, rule: Rule): Operator[] {
  return [
    operator(`${name}(Tensor self, Tensor other) -> Tensor`, rule),
    operator(`${name}(Tensor self, Scalar other) -> Tensor`, rule),
    operator(`${name}(Scalar self, Tensor other) -> Tensor`, rule),
    inPlace(`${name}_(Tensor self!, Tensor other) -> Tensor`, rule),
    inPlace(`${name}_(Tensor self!, Scalar other) -> Tensor`, rule),
  ];
}

function inPlace(signature: string, rule: (a: Tensor, b: Operand, ...rest: never[]) => Tensor): Operator {
  return operator(signature, (self: Tensor, other: Operand, ...rest: never[]) => {
    const result = rule(self, other, ...rest);
    const dtype = result.dtype as NumericDtype;
    if (NUMERIC[dtype].kind === 'real' && NUMERIC[self.dtype as NumericDtype].kind !== 'real') {
      throw new ScriptError(`result type ${dtype} can't be cast to the desired output type ${self.dtype}`);
    }
    copyInto(self, result);
    return self;
  });
}

const add = common('add', 'or');
const sub = common('sub');
const times = common('mul', 'and');
const isOne = ({ value }: Scalar): boolean => value === 1;
const addScaled = (a: Operand, b: Operand, alpha: Scalar): Tensor => add(a, isOne(alpha) ? b : times(b, alpha));
const subScaled = (a: Operand, b: Operand, alpha: Scalar): Tensor => sub(a, isOne(alpha) ? b : times(b, alpha));

/** add and sub have a factor for their second operand. */
const scaled = (name: string, rule: (a: Operand, b: Operand, alpha: Scalar) => Tensor): Operator[] => [
  operator(`${name}(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor`, rule),
  operator(`${name}(Tensor self, Scalar other, Scalar alpha=1) -> Tensor`, rule),
  operator(`${name}(Scalar self, Tensor other, *, Scalar alpha=1) -> Tensor`, rule),
  inPlace(`${name}_(Tensor self!, Tensor other, *, Scalar alpha=1) -> Tensor`, rule),
  inPlace(`${name}_(Tensor self!, Scalar other, Scalar alpha=1) -> Tensor`, rule),
];

/** div with a rounding mode: none, towards zero, or down. */
function roundedDiv(a: Operand, b: Operand, mode: string | null): Tensor {
  if (mode === null) return RULES['div']!(a, b);
  if (mode === 'floor') return RULES['floor_divide']!(a, b);
  if (mode === 'trunc') return integral('truncDiv')(a, b);
  throw new ScriptError(`div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '${mode}'`);
}

export const ARITHMETIC: readonly Operator[] = [
  ...scaled('add', addScaled),
  ...scaled('sub', subScaled),
  ...scaled('subtract', subScaled),
  operator('rsub(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor', (a: Operand, b: Operand, alpha: Scalar) =>
    subScaled(b, a, alpha),
  ),
  operator('rsub(Tensor self, Scalar other, Scalar alpha=1) -> Tensor', (a: Operand, b: Operand, alpha: Scalar) =>
    subScaled(b, a, alpha),
  ),
  ...Object.entries(RULES).flatMap(([name, rule]) => forms(name, rule)),
  ...Object.entries(ALIASES).flatMap(([name, of]) => forms(name, RULES[of]!)),
  ...Object.entries(OF_TENSORS).map(([name, rule]) => operator(`${name}(Tensor self, Tensor other) -> Tensor`, rule)),
  operator('div(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor', roundedDiv),
  operator('div(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor', roundedDiv),
  operator(
    'addcmul(Tensor self, Tensor a, Tensor b, *, Scalar value=1) -> Tensor',
    (self: Tensor, a: Tensor, b: Tensor, value: Scalar) => addScaled(self, times(a, b), value),
  ),
  operator('lerp(Tensor self, Tensor end, Scalar weight) -> Tensor', (self: Tensor, end: Tensor, weight: Scalar) =>
    add(self, times(sub(end, self), weight)),
  ),
];

export { add, sub, times, common };
