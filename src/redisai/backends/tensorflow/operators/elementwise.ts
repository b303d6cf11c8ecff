// TensorFlow's operators that go element by element.
import { cast } from '../../../kernels/cast.ts';
import { binary } from '../../../kernels/elementwise-binary.ts';
import type { BinaryOperator } from '../../../kernels/elementwise-binary.ts';
import { leakyRelu, unary } from '../../../kernels/elementwise-unary.ts';
import type { UnaryOperator } from '../../../kernels/elementwise-unary.ts';
import { KernelError } from '../../../kernels/kernel-error.ts';
import { broadcastTo } from '../../../kernels/strided-copy.ts';
import { reshape } from '../../../kernels/reshape.ts';
import { select } from '../../../kernels/select.ts';
import type { Tensor } from '../../../tensor/tensor.ts';
import { ANY_NUMBER, operator, repeatable } from '../operator.ts';
import type { Operator, OperatorTable } from '../operator.ts';

function two(name: BinaryOperator): Operator {
  return operator(2, (node) => {
    const kernel = binary(name, node.type('T'));
    return (inputs, allocate) => kernel(inputs[0]!, inputs[1]!, allocate);
  });
}

/** TensorFlow moves a constant operand of these to the left, which shows in the order of the shapes in an error. */
function commutative(name: BinaryOperator): Operator {
  return operator(2, (node) => {
    const kernel = binary(name, node.type('T'));
    const swap = node.constant(1) !== undefined;
    if (swap) return (inputs, allocate) => kernel(inputs[1]!, inputs[0]!, allocate);
    return (inputs, allocate) => kernel(inputs[0]!, inputs[1]!, allocate);
  });
}

/** Equal and NotEqual may be told to answer false for shapes that do not fit; nobody does. */
function equality(name: BinaryOperator): Operator {
  return operator(2, (node) => {
    if (!node.bool('incompatible_shape_error', true)) node.refuse('incompatible_shape_error = false is not supported');
    const kernel = binary(name, node.type('T'));
    return (inputs, allocate) => kernel(inputs[0]!, inputs[1]!, allocate);
  });
}

function truths(name: BinaryOperator): Operator {
  return operator(2, () => {
    const kernel = binary(name, 'BOOL');
    return (inputs, allocate) => kernel(inputs[0]!, inputs[1]!, allocate);
  });
}

function one(name: UnaryOperator): Operator {
  return operator(1, (node) => {
    const kernel = unary(name, node.type('T'));
    return (inputs, allocate) => kernel(inputs[0]!, allocate);
  });
}

/** For reals only: with whole numbers these have no meaning. */
function oneReal(name: UnaryOperator): Operator {
  return operator(1, (node) => {
    const kernel = unary(name, node.real('T'));
    return (inputs, allocate) => kernel(inputs[0]!, allocate);
  });
}

const TABLE: OperatorTable = {
  Add: commutative('add'),
  AddV2: commutative('add'),
  Sub: two('sub'),
  Mul: commutative('mul'),
  Div: operator(2, (node) => {
    const dtype = node.type('T');
    const kernel = binary(dtype === 'FLOAT' || dtype === 'DOUBLE' ? 'div' : 'truncDiv', dtype);
    return (inputs, allocate) => kernel(inputs[0]!, inputs[1]!, allocate);
  }),
  RealDiv: two('div'),
  FloorDiv: two('floorDiv'),
  FloorMod: two('floorMod'),
  Maximum: two('maximum'),
  Minimum: two('minimum'),
  Pow: two('pow'),
  SquaredDifference: two('squaredDifference'),
  Greater: two('greater'),
  GreaterEqual: two('greaterEqual'),
  Less: two('less'),
  LessEqual: two('lessEqual'),
  Equal: equality('equal'),
  NotEqual: equality('notEqual'),
  LogicalAnd: truths('and'),
  LogicalOr: truths('or'),

  Neg: one('neg'),
  Abs: one('abs'),
  Sign: one('sign'),
  Square: one('square'),
  Floor: one('floor'),
  Ceil: one('ceil'),
  Round: one('round'),
  Rint: one('round'),
  Relu: one('relu'),
  Relu6: oneReal('relu6'),
  Sqrt: oneReal('sqrt'),
  Rsqrt: oneReal('rsqrt'),
  Reciprocal: oneReal('reciprocal'),
  Exp: oneReal('exp'),
  Expm1: oneReal('expm1'),
  Log: oneReal('log'),
  Log1p: oneReal('log1p'),
  Sin: oneReal('sin'),
  Cos: oneReal('cos'),
  Tanh: oneReal('tanh'),
  Sigmoid: oneReal('sigmoid'),
  Erf: oneReal('erf'),
  Elu: oneReal('elu'),
  Selu: oneReal('selu'),
  Softplus: oneReal('softplus'),
  Softsign: oneReal('softsign'),
  IsNan: oneReal('isNan'),
  IsInf: oneReal('isInfinite'),
  IsFinite: oneReal('isFinite'),
  LogicalNot: operator(1, () => {
    const kernel = unary('not', 'BOOL');
    return (inputs, allocate) => kernel(inputs[0]!, allocate);
  }),
  LeakyRelu: operator(1, (node) => {
    const kernel = leakyRelu(node.float('alpha', 0.2), node.real('T'));
    return (inputs, allocate) => kernel(inputs[0]!, allocate);
  }),
  AddN: operator([1, ANY_NUMBER], (node) => {
    node.ignore('N');
    const add = binary('add', node.type('T'));
    return (inputs, allocate) => inputs.reduce((sum, next) => add(sum, next, allocate));
  }),
  ClipByValue: operator(3, (node) => {
    const dtype = node.type('T');
    const [minimum, maximum] = [binary('minimum', dtype), binary('maximum', dtype)];
    return (inputs, allocate) => maximum(inputs[1]!, minimum(inputs[0]!, inputs[2]!, allocate), allocate);
  }),
  Cast: operator(1, (node) => {
    const dtype = node.type('DstT');
    if (node.bool('Truncate', false)) node.refuse('Truncate = true is not supported');
    return (inputs, allocate) => cast(inputs[0]!, dtype, allocate);
  }),
  Select: operator(3, () => (inputs, allocate) => {
    const [condition, a, b] = inputs as [Tensor, Tensor, Tensor];
    return select(alongRows(condition, a), a, b, allocate);
  }),
  SelectV2: operator(3, () => (inputs, allocate) => select(inputs[0]!, inputs[1]!, inputs[2]!, allocate)),
  BroadcastTo: operator(2, () => (inputs, allocate) => {
    const shape = Array.from<number | bigint, number>(inputs[1]!.data as Int32Array, Number);
    return broadcastTo(inputs[0]!, shape, allocate);
  }),
};

/** Whatever goes element by element does the same work for the same shapes; BroadcastTo is told a shape. */
export const ELEMENTWISE: OperatorTable = Object.fromEntries(
  Object.entries(TABLE).map(([name, rule]) => [name, repeatable(name === 'BroadcastTo' ? [1] : [], rule)]),
);

/** The condition of Select may be a vector: one truth for each row of a. */
function alongRows(condition: Tensor, a: Tensor): Tensor {
  if (condition.shape.length !== 1 || a.shape.length < 2) return condition;
  if (condition.shape[0] !== a.shape[0]) throw new KernelError('the condition has not one element for each row');
  return reshape(condition, [condition.shape[0]!, ...new Array<number>(a.shape.length - 1).fill(1)]);
}
