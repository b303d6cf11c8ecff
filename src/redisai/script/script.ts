// The face of the script engine: TorchScript source in, callable entry points out. It knows nothing of Redis but a host.
import type { Tensor } from '../tensor/tensor.ts';
import type { RedisList } from './redis-list.ts';

/**
 * What redis.execute returns to a script. Strings are bytes (latin1). An object, not a bare string, so that whoever
 * hands out the same value again and again (the fields of a hash) can keep its number beside it.
 */
export class RedisString {
  readonly text: string;
  /** float(str(value)) once it has been asked for; NaN-able, so undefined means not parsed yet. */
  number: number | undefined;
  constructor(text: string) {
    this.text = text;
    this.number = undefined;
  }
}

export type RedisValue = RedisString | RedisList | number | null | readonly RedisValue[];

/** What a script may reach outside itself; errors are thrown as ScriptError. */
export interface ScriptHost {
  /** redis.execute */
  execute(command: string, args: readonly string[]): RedisValue;
  /** redisAI.model_execute; where it is missing, scripts cannot run models. */
  modelExecute?(key: string, inputs: readonly Tensor[], outputCount: number): readonly Tensor[];
  /** A line that the script printed; where it is missing, lines are dropped. */
  print?(line: string): void;
}

/** Bounds on one run of a script. */
export interface ScriptLimits {
  /** Loop iterations and calls before the run is ended with a ScriptError. */
  readonly steps: number;
  /** Time before the run is ended with a ScriptError; looked at between steps, so a single long operation may exceed it. */
  readonly milliseconds: number;
}

export interface CompiledScript {
  readonly source: string;
  /** Names of all functions of the script. */
  readonly functions: readonly string[];
  /** Number of parameters of a function; 0 where there is none of the name. */
  parameterCount(name: string): number;
  /** True where `name` takes (tensors: List[Tensor], keys: List[str], args: List[str]), as an entry point must. */
  isEntryPoint(name: string): boolean;
  /**
   * Runs a function that is an entry point, or that takes tensors only: then one for each of `tensors`, the last parameter
   * all the rest where it is a List[Tensor].
   * @throws ScriptError with the text of the error reply
   */
  run(
    name: string,
    tensors: readonly Tensor[],
    keys: readonly string[],
    args: readonly string[],
    host: ScriptHost,
  ): Tensor[];
}

/** A script that cannot be compiled or run. `line` is 1-based in the script's source. */
export class ScriptError extends Error {
  readonly line: number | undefined;
  constructor(message: string, line?: number, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ScriptError';
    this.line = line;
  }
}
