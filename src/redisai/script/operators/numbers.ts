// Operators of int, float and bool. Ints are JavaScript numbers that stay whole and exact; a result that is not is an error.
import { ScriptError } from '../script.ts';
import { inline, operator, type Operator } from './operator.ts';

/** A number whose kind is known only at run time. */
export interface Scalar {
  readonly kind: 'int' | 'float' | 'bool';
  readonly value: number;
}

/** The int itself, -0 made 0. @throws ScriptError where it is beyond 2^53 */
export function exact(value: number): number {
  if (!Number.isSafeInteger(value)) throw new ScriptError('an int is beyond 2^53, which this engine does not support');
  return value + 0;
}

function floorDivide(a: number, b: number): number {
  if (b === 0) throw new ScriptError('division by 0');
  return Math.floor(a / b) + 0;
}

/** Python's remainder: it has the sign of the divisor. */
export function floorRemainder(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

function intRemainder(a: number, b: number): number {
  if (b === 0) throw new ScriptError('division by 0');
  return floorRemainder(a, b) + 0;
}

/** Half goes to the even neighbour. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  if (x - floor !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** C's pow, which differs from JavaScript's where the base is 1 and the exponent no number. */
export function power(a: number, b: number): number {
  return a === 1 || (a === -1 && !Number.isFinite(b) && !Number.isNaN(b)) ? 1 : a ** b;
}

function shiftLeft(a: number, b: number): number {
  if (b < 0) throw new ScriptError('ValueError: negative shift count');
  return exact(a * 2 ** b);
}

function shiftRight(a: number, b: number): number {
  if (b < 0) throw new ScriptError('ValueError: negative shift count');
  return Math.floor(a / 2 ** b);
}

/** & | ^ of ints that may be larger than JavaScript's 32 bits. */
function bitwise(name: 'and' | 'or' | 'xor'): (a: number, b: number) => number {
  return (a, b) => {
    const [x, y] = [BigInt(a), BigInt(b)];
    return Number(name === 'and' ? x & y : name === 'or' ? x | y : x ^ y);
  };
}

/** For each pair of int and float that is not int, int: the result is a float, or a bool. */
const mixed = (name: string, template: string, returns = 'float'): Operator[] =>
  ['float float', 'int float', 'float int'].map((pair) => {
    const [a, b] = pair.split(' ');
    return inline(`${name}(${a} a, ${b} b) -> ${returns}`, template);
  });

const compared = (name: string, sign: string): Operator[] => [
  inline(`${name}(int a, int b) -> bool`, `($0 ${sign} $1)`),
  ...mixed(name, `($0 ${sign} $1)`, 'bool'),
  inline(`${name}(str a, str b) -> bool`, `($0 ${sign} $1)`),
  inline(`${name}(bool a, bool b) -> bool`, `($0 ${sign} $1)`),
  inline(`${name}(Scalar a, Scalar b) -> bool`, `($0.value ${sign} $1.value)`),
];

const mixedRun = (name: string, run: (a: number, b: number) => number): Operator[] =>
  ['float float', 'int float', 'float int'].map((pair) => {
    const [a, b] = pair.split(' ');
    return operator(`${name}(${a} a, ${b} b) -> float`, run);
  });

/** Of two Scalars: a float where one of them is. */
const scalars = (name: string, run: (a: number, b: number) => number): Operator =>
  operator(`${name}(Scalar a, Scalar b) -> Scalar`, (a: Scalar, b: Scalar): Scalar => {
    const value = run(a.value, b.value);
    return a.kind === 'float' || b.kind === 'float' ? { kind: 'float', value } : { kind: 'int', value: exact(value) };
  });

export const NUMBERS: readonly Operator[] = [
  operator('add(int a, int b) -> int', (a: number, b: number) => exact(a + b)),
  ...mixed('add', '($0 + $1)'),
  operator('sub(int a, int b) -> int', (a: number, b: number) => exact(a - b)),
  ...mixed('sub', '($0 - $1)'),
  operator('mul(int a, int b) -> int', (a: number, b: number) => exact(a * b)),
  ...mixed('mul', '($0 * $1)'),
  inline('div(int a, int b) -> float', '($0 / $1)'),
  ...mixed('div', '($0 / $1)'),
  operator('floordiv(int a, int b) -> int', floorDivide),
  ...mixed('floordiv', 'Math.floor($0 / $1)'),
  operator('remainder(int a, int b) -> int', intRemainder),
  ...mixedRun('remainder', floorRemainder),
  operator('pow(int a, int b) -> float', power),
  ...mixedRun('pow', power),
  operator('divmod(int a, int b) -> (int, int)', (a: number, b: number) => [floorDivide(a, b), intRemainder(a, b)]),
  operator('divmod(float a, float b) -> (float, float)', (a: number, b: number) => [
    Math.floor(a / b),
    floorRemainder(a, b),
  ]),
  operator('__and__(int a, int b) -> int', bitwise('and')),
  operator('__or__(int a, int b) -> int', bitwise('or')),
  operator('__xor__(int a, int b) -> int', bitwise('xor')),
  inline('__and__(bool a, bool b) -> bool', '!!($0 & $1)'),
  inline('__or__(bool a, bool b) -> bool', '!!($0 | $1)'),
  inline('__xor__(bool a, bool b) -> bool', '($0 !== $1)'),
  operator('__lshift__(int a, int b) -> int', shiftLeft),
  operator('__rshift__(int a, int b) -> int', shiftRight),
  inline('bitwise_not(int a) -> int', '(-1 - $0)'),
  inline('neg(int a) -> int', '(0 - $0)'),
  inline('neg(float a) -> float', '(-$0)'),
  inline('positive(int a) -> int', '$0'),
  inline('positive(float a) -> float', '$0'),
  inline('__not__(bool a) -> bool', '!$0'),
  ...compared('lt', '<'),
  ...compared('gt', '>'),
  ...compared('le', '<='),
  ...compared('ge', '>='),
  ...compared('eq', '==='),
  ...compared('ne', '!=='),
  scalars('add', (a, b) => a + b),
  scalars('sub', (a, b) => a - b),
  scalars('mul', (a, b) => a * b),
  operator('div(Scalar a, Scalar b) -> Scalar', (a: Scalar, b: Scalar): Scalar => ({
    kind: 'float',
    value: a.value / b.value,
  })),
  operator('neg(Scalar a) -> Scalar', (a: Scalar): Scalar => ({ kind: a.kind, value: 0 - a.value })),
  inline('abs(int a) -> int', 'Math.abs($0)'),
  inline('abs(float a) -> float', 'Math.abs($0)'),
  inline('min(int a, int b) -> int', 'Math.min($0, $1)'),
  ...mixed('min', 'Math.min($0, $1)'),
  inline('max(int a, int b) -> int', 'Math.max($0, $1)'),
  ...mixed('max', 'Math.max($0, $1)'),
  inline('round(int a) -> float', '$0'),
  operator('round(float a) -> float', roundHalfEven),
  operator('prim::range_length(int start, int stop, int step) -> int', (start: number, stop: number, step: number) => {
    if (step === 0) throw new ScriptError('range() arg 3 must not be zero');
    return Math.max(0, Math.ceil((stop - start) / step));
  }),
];
