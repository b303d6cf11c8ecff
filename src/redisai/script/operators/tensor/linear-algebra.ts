// Products of vectors and matrices.
import { broadcastShape } from '../../../kernels/broadcast.ts';
import { matmul as multiply, matmulPacked } from '../../../kernels/matmul.ts';
import { elementCount } from '../../../tensor/shape.ts';
import type { Tensor } from '../../../tensor/tensor.ts';
import { NUMERIC, type NumericDtype } from '../../../tensor/dtype.ts';
import { ScriptError } from '../../script.ts';
import { chargeMultiplications } from '../bounds.ts';
import type { Scalar } from '../numbers.ts';
import { operator, type Operator } from '../operator.ts';
import { add, times } from './arithmetic.ts';
import { room } from './memory.ts';
import { asTensor, numericDtype } from './promotion.ts';
import { reshape, unsqueeze } from './shape.ts';
import { binary } from '../../../kernels/elementwise-binary.ts';
import { reduce } from '../../../kernels/reduce.ts';

function oneDtype(a: Tensor, b: Tensor): NumericDtype {
  const dtype = numericDtype(a);
  if (dtype !== numericDtype(b))
    throw new ScriptError(`expected m1 and m2 to have the same dtype, but got: ${a.dtype} != ${b.dtype}`);
  return dtype;
}

function product(a: Tensor, b: Tensor): Tensor {
  oneDtype(a, b);
  if (a.shape.at(-1) !== b.shape.at(-2)) {
    throw new ScriptError(`mat1 and mat2 shapes cannot be multiplied (${a.shape.join('x')} and ${b.shape.join('x')})`);
  }
  const matrices = elementCount(broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2)));
  const [rows, inner, columns] = [a.shape.at(-2)!, a.shape.at(-1)!, b.shape.at(-1)!];
  chargeMultiplications(matrices * rows * inner * columns);
  return multiply(a, b, room);
}

/** Vectors become matrices of one row or column, and what they added goes again. */
function matmul(a: Tensor, b: Tensor): Tensor {
  if (a.shape.length === 0 || b.shape.length === 0)
    throw new ScriptError('both arguments to matmul need to be at least 1D');
  const left = a.shape.length === 1 ? unsqueeze(a, 0) : a;
  const right = b.shape.length === 1 ? unsqueeze(b, 1) : b;
  const result = product(left, right);
  let { shape } = result;
  if (a.shape.length === 1) shape = shape.toSpliced(-2, 1);
  if (b.shape.length === 1) shape = shape.slice(0, -1);
  return reshape(result, shape);
}

const ofRanks =
  (name: string, ranks: readonly [number, number]) =>
  (a: Tensor, b: Tensor): Tensor => {
    if (a.shape.length !== ranks[0] || b.shape.length !== ranks[1]) {
      throw new ScriptError(
        `${name} expects tensors of ${ranks[0]} and ${ranks[1]} dimensions, got ${a.shape.length} and ${b.shape.length}`,
      );
    }
    return matmul(a, b);
  };

/** input · weightᵀ + bias. The weight lies as the kernel wants it: one output after the other. */
export function linear(input: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
  const dtype = oneDtype(input, weight);
  if (NUMERIC[dtype].kind !== 'real') throw new ScriptError(`linear is not supported for ${dtype} tensors`);
  const [outputs = 1, inputs = 1] = weight.shape;
  if (weight.shape.length !== 2 || input.shape.at(-1) !== inputs) {
    throw new ScriptError(
      `mat1 and mat2 shapes cannot be multiplied (${input.shape.join('x')} and ${[...weight.shape].reverse().join('x')})`,
    );
  }
  chargeMultiplications(elementCount(input.shape) * outputs);
  const isMatrix = input.shape.length === 2;
  const flat = matmulPacked(isMatrix ? input : reshape(input, [-1, inputs]), weight, room);
  const result = isMatrix ? flat : reshape(flat, [...input.shape.slice(0, -1), outputs]);
  return bias === null ? result : binary('add', dtype)(result, asTensor(bias, dtype), room);
}

function addProduct(self: Tensor, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar): Tensor {
  const scaled = (value: Tensor, factor: Scalar): Tensor => (factor.value === 1 ? value : times(value, factor));
  return add(scaled(self, beta), scaled(matmul(a, b), alpha));
}

const outer = (a: Tensor, b: Tensor): Tensor => times(reshape(a, [-1, 1]), reshape(b, [1, -1]));

/** Along a dimension, with a floor under the lengths that divide. */
function cosineSimilarity(a: Tensor, b: Tensor, dim: number, eps: number): Tensor {
  const [x, y] = [asTensor(a, 'DOUBLE'), asTensor(b, 'DOUBLE')];
  const along = (p: Tensor, q: Tensor): Tensor => {
    const terms = times(p, q);
    return reduce('sum', terms, [dim < 0 ? dim + terms.shape.length : dim], false, room);
  };
  const [dots, xx, yy] = [along(x, y), along(x, x), along(y, y)];
  const out = room('DOUBLE', dots.data.length);
  for (let i = 0; i < out.length; i++) {
    const lengths = Math.max(Math.sqrt(xx.data[i] as number), eps) * Math.max(Math.sqrt(yy.data[i] as number), eps);
    out[i] = (dots.data[i] as number) / lengths;
  }
  return asTensor({ dtype: 'DOUBLE', shape: dots.shape, data: out }, numericDtype(a));
}

export const LINEAR_ALGEBRA: readonly Operator[] = [
  operator('matmul(Tensor self, Tensor other) -> Tensor', matmul),
  operator('mm(Tensor self, Tensor mat2) -> Tensor', ofRanks('mm', [2, 2])),
  operator('bmm(Tensor self, Tensor mat2) -> Tensor', ofRanks('bmm', [3, 3])),
  operator('mv(Tensor self, Tensor vec) -> Tensor', ofRanks('mv', [2, 1])),
  operator('dot(Tensor self, Tensor tensor) -> Tensor', ofRanks('dot', [1, 1])),
  operator('inner(Tensor self, Tensor other) -> Tensor', ofRanks('inner', [1, 1])),
  operator('outer(Tensor self, Tensor vec2) -> Tensor', outer),
  operator('ger(Tensor self, Tensor vec2) -> Tensor', outer),
  operator('linear(Tensor self, Tensor weight, Tensor? bias=None) -> Tensor', linear),
  operator('addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor', addProduct),
  operator('addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor', addProduct),
  operator(
    'baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor',
    addProduct,
  ),
  operator('cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor', cosineSimilarity),
];
