// math.*: Python's module, as far as TorchScript has it.
import { ScriptError } from '../script.ts';
import { exact, power } from './numbers.ts';
import { inline, operator, type Operator } from './operator.ts';

const FUNCTIONS =
  'sqrt exp expm1 log log2 log10 log1p sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh'.split(' ');

function whole(round: (x: number) => number): (x: number) => number {
  return (x) => {
    if (!Number.isFinite(x)) throw new ScriptError('cannot convert float infinity or NaN to integer');
    return exact(round(x));
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

function factorial(n: number): number {
  if (n < 0) throw new ScriptError('factorial() not defined for negative values');
  let product = 1;
  // Beyond 18 the product is beyond 2^53, and said to be.
  for (let i = 2; i <= Math.min(n, 19); i++) product *= i;
  return exact(product);
}

const forNumbers = (name: string, template: string, returns: string): Operator[] =>
  ['int', 'float'].map((type) => inline(`math::${name}(${type} a) -> ${returns}`, template));

const roundings = (name: string, round: (x: number) => number): Operator[] => [
  inline(`math::${name}(int a) -> int`, '$0'),
  operator(`math::${name}(float a) -> int`, whole(round)),
];

export const MATHS: readonly Operator[] = [
  ...FUNCTIONS.flatMap((name) => forNumbers(name, `Math.${name}($0)`, 'float')),
  ...forNumbers('fabs', 'Math.abs($0)', 'float'),
  ...forNumbers('isnan', 'Number.isNaN($0)', 'bool'),
  ...forNumbers('isfinite', 'Number.isFinite($0)', 'bool'),
  ...forNumbers('isinf', '(Math.abs($0) === Infinity)', 'bool'),
  ...forNumbers('degrees', '($0 * 180 / Math.PI)', 'float'),
  ...forNumbers('radians', '($0 * Math.PI / 180)', 'float'),
  ...roundings('floor', Math.floor),
  ...roundings('ceil', Math.ceil),
  ...roundings('trunc', Math.trunc),
  operator('math::pow(float a, float b) -> float', power),
  inline('math::atan2(float a, float b) -> float', 'Math.atan2($0, $1)'),
  inline('math::fmod(float a, float b) -> float', '($0 % $1)'),
  inline('math::log(float a, float b) -> float', '(Math.log($0) / Math.log($1))'),
  operator('math::copysign(float a, float b) -> float', (a: number, b: number) =>
    b < 0 || Object.is(b, -0) ? -Math.abs(a) : Math.abs(a),
  ),
  operator('math::gcd(int a, int b) -> int', greatestCommonDivisor),
  operator('math::factorial(int n) -> int', factorial),
];
