// Loops made from one expression each. V8 specialises code per function, not per closure, so a loop that is handed its
// operation as a callback pays a call for every element; written out per operation and dtype it runs several times faster.
import type { NumericData } from '../tensor/tensor.ts';
import type { NameOf, WrittenWork } from './allocate.ts';
import { erf } from './error-function.ts';
import { powInt64 } from './integer-power.ts';

/** out[o + i] = f(a[ia + i * sa], b[ib + i * sb]) for i < n. */
export type BinaryLoop = (
  out: NumericData,
  o: number,
  a: NumericData,
  ia: number,
  sa: number,
  b: NumericData,
  ib: number,
  sb: number,
  n: number,
) => void;

/** out[i] = f(a[i]) for i < n. */
export type UnaryLoop = (out: NumericData, a: NumericData, n: number) => void;

/** @param expression JavaScript over `x` and `y`, from a table of this folder: never from outside. */
export function binaryLoop(expression: string): BinaryLoop {
  const body = `for (let i = 0; i < n; i += 1, ia += sa, ib += sb) { const x = a[ia], y = b[ib]; out[o + i] = ${expression}; }`;
  return fromText(`(out, o, a, ia, sa, b, ib, sb, n) => { ${body} }`) as BinaryLoop;
}

/** @param expression JavaScript over `x`. */
export function unaryLoop(expression: string): UnaryLoop {
  const body = `for (let i = 0; i < n; i += 1) { const x = a[i]; out[i] = ${expression}; }`;
  return fromText(`(out, a, n) => { ${body} }`) as UnaryLoop;
}

/** The functions that an expression may call beside Math's, by name. */
export const EXPRESSION_NAMES: Readonly<Record<string, unknown>> = { erf, powInt64 };

/** The loop written out for arrays of which the shorter one is gone through again and again. */
export function writeBinary(
  expression: string,
  nameOf: NameOf,
  out: NumericData,
  a: NumericData,
  b: NumericData,
): WrittenWork {
  const inner = Math.min(a.length, b.length);
  const isRepeated = inner > 1 && inner < out.length;
  const element = (array: NumericData): string => {
    if (array.length === 1) return `${nameOf(array)}[0]`;
    return `${nameOf(array)}[${isRepeated && array.length === inner ? 'j' : 'i'}]`;
  };
  const written = writeElements(nameOf(out), out.length, `const x = ${element(a)}, y = ${element(b)};`, expression);
  return isRepeated ? { ...written, period: inner } : written;
}

export function writeUnary(expression: string, nameOf: NameOf, out: NumericData, a: NumericData): WrittenWork {
  return writeElements(nameOf(out), out.length, `const x = ${nameOf(a)}[i];`, expression);
}

function writeElements(out: string, times: number, operands: string, expression: string): WrittenWork {
  return { times, text: `${operands} ${out}[i] = ${expression};` };
}

function fromText(loop: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is put together from constants of this folder
  const make = new Function(...Object.keys(EXPRESSION_NAMES), `'use strict'; return ${loop};`) as (
    ...names: unknown[]
  ) => unknown;
  return make(...Object.values(EXPRESSION_NAMES));
}
