// str(value): texts as libtorch writes them, which is not always as Python does: str(1.0) is '1.'.
import { formatDouble } from '../../tensor/number-text.ts';
import { typeText, type Type } from '../check/type.ts';
import { RedisList } from '../redis-list.ts';
import { RedisString, ScriptError, type RedisValue } from '../script.ts';
import { boundedText } from './bounds.ts';
import type { Scalar } from './numbers.ts';
import { operator, type Operator } from './operator.ts';
import { tensorText } from './tensor/text.ts';

type TextOf = (value: never) => string;

const made = new Map<string, Operator>();

/** The operator `str` for values of a type. */
export function textOperator(type: Type): Operator {
  const key = typeText(type);
  let found = made.get(key);
  if (found === undefined) {
    const text = textOf(type) as (value: unknown) => string;
    found = { ...operator('str(Any value) -> str', (value: unknown) => boundedText(text(value))), name: 'str' };
    if (!key.includes('.')) made.set(key, found);
  }
  return found;
}

function textOf(type: Type): TextOf {
  switch (type.kind) {
    case 'str':
    case 'Device':
      return (value: string) => value;
    case 'int':
      return (value: number) => String(value);
    case 'float':
      return floatText;
    case 'bool':
      return (value: boolean) => (value ? 'True' : 'False');
    case 'None':
      return () => 'None';
    case 'Scalar':
      return ({ kind, value }: Scalar) => (kind === 'float' ? floatText(value) : String(value));
    case 'Any':
      return redisText;
    case 'Tensor':
      return tensorText;
    default:
      return containerText(type);
  }
}

function containerText(type: Type): TextOf {
  if (type.kind === 'Optional') {
    const inner = textOf(type.of) as (value: unknown) => string;
    return (value: unknown) => (value === null ? 'None' : inner(value));
  }
  if (type.kind === 'List') {
    const item = textOf(type.of) as (value: unknown) => string;
    return (values: readonly unknown[]) => `[${values.map((value) => item(value)).join(', ')}]`;
  }
  if (type.kind === 'Tuple') {
    const items = type.items.map((each) => textOf(each) as (value: unknown) => string);
    return (values: readonly unknown[]) => `(${values.map((value, i) => items[i]!(value)).join(', ')})`;
  }
  if (type.kind === 'Dict') {
    const [key, item] = [textOf(type.key), textOf(type.value)] as ((value: unknown) => string)[];
    return (dict: ReadonlyMap<unknown, unknown>) =>
      `{${[...dict].map(([k, v]) => `${key!(k)}: ${item!(v)}`).join(', ')}}`;
  }
  throw new ScriptError(`${typeText(type)} has no text`);
}

/** Whole numbers that fit into 64 bits end in a dot, all others have up to 17 digits. */
export function floatText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return `${BigInt(value)}.`;
  return formatDouble(value);
}

export function redisText(value: RedisValue): string {
  if (value instanceof RedisString) return value.text;
  if (value === null) return 'None';
  if (typeof value === 'number') return String(value);
  const items = value instanceof RedisList ? value.items : value;
  return `[${items.map(redisText).join(', ')}]`;
}
