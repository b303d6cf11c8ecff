// All operators of tensors, from the files of this folder.
import type { Operator } from '../operator.ts';
import { ARITHMETIC } from './arithmetic.ts';
import { CONVERSION } from './conversion.ts';
import { CREATION } from './creation.ts';
import { POINTWISE } from './pointwise.ts';

export const TENSOR_OPERATORS: readonly Operator[] = [ARITHMETIC, CONVERSION, CREATION, POINTWISE].flat();
