// All operators of tensors, from the files of this folder.
import type { Operator } from '../operator.ts';
import { ACTIVATIONS } from './activations.ts';
import { ARITHMETIC } from './arithmetic.ts';
import { CONVERSION } from './conversion.ts';
import { CREATION } from './creation.ts';
import { JOINING } from './joining.ts';
import { LINEAR_ALGEBRA } from './linear-algebra.ts';
import { NEURAL } from './neural.ts';
import { PICKING } from './picking.ts';
import { POINTWISE } from './pointwise.ts';
import { REARRANGING } from './rearranging.ts';
import { REDUCTION } from './reduction.ts';
import { SHAPE } from './shape.ts';
import { SLICING } from './slicing.ts';

export const TENSOR_OPERATORS: readonly Operator[] = [
  ACTIVATIONS,
  ARITHMETIC,
  CONVERSION,
  CREATION,
  JOINING,
  LINEAR_ALGEBRA,
  NEURAL,
  PICKING,
  POINTWISE,
  REARRANGING,
  REDUCTION,
  SHAPE,
  SLICING,
].flat();
