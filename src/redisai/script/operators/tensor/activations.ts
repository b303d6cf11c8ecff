// Activations of neural networks that take parameters, or are put together from other operators.
import { eluWith, leakyRelu, unary } from '../../../kernels/elementwise-unary.ts';
import { binary } from '../../../kernels/elementwise-binary.ts';
import type { NumericDtype } from '../../../tensor/dtype.ts';
import type { Tensor } from '../../../tensor/tensor.ts';
import type { Scalar } from '../numbers.ts';
import { operator, type Operator } from '../operator.ts';
import { room } from './memory.ts';
import { clamp, intoSelf } from './pointwise.ts';
import { asTensor, numericDtype, realDtype, scalarTensor } from './promotion.ts';

const realKernel = (
  value: Tensor,
  kernel: (dtype: NumericDtype) => (value: Tensor, allocate: typeof room) => Tensor,
): Tensor => {
  const dtype = realDtype(numericDtype(value));
  return kernel(dtype)(asTensor(value, dtype), room);
};

const ONE: Scalar = { kind: 'int', value: 1 };

const leaky = (value: Tensor, slope: Scalar): Tensor => realKernel(value, (dtype) => leakyRelu(slope.value, dtype));
const elu = (value: Tensor, alpha: Scalar): Tensor => realKernel(value, (dtype) => eluWith(alpha.value, dtype));

/** x where it is beyond the threshold, else a value. */
function threshold(value: Tensor, bound: Scalar, other: Scalar): Tensor {
  const data = room(numericDtype(value), value.data.length);
  for (let i = 0; i < data.length; i++) {
    const x = value.data[i] as number;
    data[i] = x <= bound.value ? other.value : x;
  }
  return { dtype: value.dtype, shape: value.shape, data };
}

const HALF_SQRT = Math.SQRT1_2;

/** x·Φ(x), exactly or by the tanh that approximates it. */
function gelu(value: Tensor, approximate: string): Tensor {
  const dtype = realDtype(numericDtype(value));
  const x = asTensor(value, 'DOUBLE');
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

function logSigmoid(value: Tensor): Tensor {
  const negative = (x: Tensor): Tensor => unary('neg', realDtype(numericDtype(x)))(x, room);
  return negative(softplus(negative(asTensor(value, realDtype(numericDtype(value)))), ONE, { kind: 'int', value: 40 }));
}

function softSign(value: Tensor): Tensor {
  const dtype = realDtype(numericDtype(value));
  const x = asTensor(value, dtype);
  const below = binary('add', dtype)(unary('abs', dtype)(x, room), scalarTensor(ONE, dtype), room);
  return binary('div', dtype)(x, below, room);
}

const HARDTANH = 'Scalar min_val=-1, Scalar max_val=1';

export const ACTIVATIONS: readonly Operator[] = [
  operator(`hardtanh(Tensor self, ${HARDTANH}, bool inplace=False) -> Tensor`, clamp),
  operator(`hardtanh_(Tensor self!, ${HARDTANH}) -> Tensor`, intoSelf(clamp)),
  operator('threshold(Tensor self, Scalar threshold, Scalar value, bool inplace=False) -> Tensor', threshold),
  operator('threshold_(Tensor self!, Scalar threshold, Scalar value) -> Tensor', intoSelf(threshold)),
  operator('leaky_relu(Tensor self, Scalar negative_slope=0.01, bool inplace=False) -> Tensor', leaky),
  operator('leaky_relu_(Tensor self!, Scalar negative_slope=0.01) -> Tensor', intoSelf(leaky)),
  operator('elu(Tensor self, Scalar alpha=1, bool inplace=False) -> Tensor', elu),
  operator('elu_(Tensor self!, Scalar alpha=1) -> Tensor', intoSelf(elu)),
  operator("gelu(Tensor self, *, str approximate='none') -> Tensor", gelu),
  operator('softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor', softplus),
  operator('logsigmoid(Tensor self) -> Tensor', logSigmoid),
  operator('log_sigmoid(Tensor self) -> Tensor', logSigmoid),
  operator('softsign(Tensor self) -> Tensor', softSign),
];
