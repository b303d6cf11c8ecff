// redis.* and redisAI.*: the way out of a script, and what comes back from there.
import { RedisList } from '../redis-list.ts';
import { RedisString, ScriptError, type RedisValue, type ScriptHost } from '../script.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { parseFloatText } from './conversions.ts';
import { hosted, operator, type Operator } from './operator.ts';
import { redisText } from './text.ts';

/** float(str(value)), kept beside the text of values that Redis hands out again and again. */
function numberOf(value: RedisValue): number {
  if (value instanceof RedisString) return (value.number ??= parseFloatText(value.text));
  return typeof value === 'number' ? value : parseFloatText(redisText(value));
}

/** The number of each item of a list; undefined where there is one that has none, or where the list does not keep them. */
export function numbersOf(value: RedisValue): Float64Array | undefined {
  return value instanceof RedisList ? value.numbers : undefined;
}

function listOfValues(value: RedisValue): readonly RedisValue[] {
  if (value instanceof RedisList) return value.items;
  if (Array.isArray(value)) return value as readonly RedisValue[];
  throw new ScriptError('redis.asList: the value is not a list');
}

function executeModel(
  host: ScriptHost,
  key: string,
  inputs: readonly Tensor[],
  outputCount: number,
): readonly Tensor[] {
  if (host.modelExecute === undefined) throw new ScriptError('redisAI.model_execute is not available here');
  return host.modelExecute(key, inputs, outputCount);
}

export const REDIS: readonly Operator[] = [
  hosted(
    'redis::execute(str command, str[] args) -> Any',
    (host: ScriptHost, command: string, args: readonly string[]) => host.execute(command, args),
  ),
  operator('redis::asList(Any value) -> Any[]', listOfValues),
  operator('redis::number(Any value) -> float', numberOf),
  operator('redis::isStr(Any value) -> bool', (value: RedisValue) => value instanceof RedisString),
  operator('redis::isInt(Any value) -> bool', (value: RedisValue) => typeof value === 'number'),
  operator(
    'redis::isList(Any value) -> bool',
    (value: RedisValue) => value instanceof RedisList || Array.isArray(value),
  ),
  hosted('redisAI::model_execute(str key, Tensor[] inputs, int num_outputs) -> Tensor[]', executeModel),
  hosted('prim::print(str[] texts) -> None', (host: ScriptHost, texts: readonly string[]) => {
    host.print?.(texts.join(' '));
    return null;
  }),
];
