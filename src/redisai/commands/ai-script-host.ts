// What scripts reach through redis.execute: the commands of the engine, run as by the connection that called the script.
import { BackendError } from '../backends/model.ts';
import { HashValue } from '../keyspace/hash-value.ts';
import { keySlot } from '../../core/hash-slot.ts';
import {
  Double,
  ErrorReply,
  MapReply,
  NullArray,
  Replies,
  SetReply,
  Status,
  Verbatim,
  type Reply,
} from '../resp/reply.ts';
import { TextArgs } from '../resp/text-args.ts';
import { RedisList } from '../script/redis-list.ts';
import { RedisString, ScriptError, type RedisValue, type ScriptHost } from '../script/script.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AI_ERRORS } from './ai-errors.ts';
import { openModel } from './ai-keys.ts';
import { ReplyError } from './command.ts';
import { callFromScript } from './dispatch.ts';
import { ROWS_OF_RANGE, rowsOfRange } from './rows-of-range.ts';
import type { Session } from './session.ts';

const NO_VALUES = new RedisList([]);

export class SessionScriptHost implements ScriptHost {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** @throws ScriptError when the command answers with an error */
  execute(command: string, args: readonly string[]): RedisValue {
    if (command === 'HVALS' && args.length === 1 && this.#session.user.isUnrestricted && this.#isHere(args[0]!)) {
      const values = this.#hashValues(args[0]!);
      if (values !== undefined) return values;
    }
    if (command === 'EVAL' && args[0] === ROWS_OF_RANGE && args[1] === '1')
      return rowsOfRange(args.slice(2), (name, words) => this.#texts(name, words));
    const reply = callFromScript(this.#session, new TextArgs([command, ...args]));
    return redisValue(reply);
  }

  /** @throws ScriptError when there is no such model, or it does not run */
  modelExecute(key: string, inputs: readonly Tensor[], outputCount: number): readonly Tensor[] {
    const { runnable, isAsynchronous } = asScriptError(() => openModel(this.#session, key));
    if (inputs.length !== runnable.inputCount) throw new ScriptError(AI_ERRORS.inputsDiffer);
    if (outputCount !== runnable.outputCount) throw new ScriptError(AI_ERRORS.outputsDiffer);
    if (isAsynchronous) throw new ScriptError('models of this backend cannot be run from a script');
    return asScriptError(() => runnable.run(inputs) as Tensor[]);
  }

  /** Of a command that answers with a list of texts. */
  #texts(command: string, args: readonly string[]): readonly string[] {
    const value = this.execute(command, args);
    return value instanceof RedisList ? value.texts : (value as readonly RedisString[]).map(({ text }) => text);
  }

  /** False where a cluster's rules must be asked. */
  #isHere(key: string): boolean {
    return this.#session.engine.cluster?.isSettled(keySlot(key)) !== false;
  }

  /**
   * The values of a hash are what scripts that score transactions ask for most, ten hashes for each: so they are kept
   * beside the hash, with the numbers that they were parsed to. Undefined where the key holds something else.
   */
  #hashValues(key: string): RedisList | undefined {
    const value = this.#session.database.get(key);
    if (value === undefined) return NO_VALUES;
    if (!(value instanceof HashValue)) return undefined;
    return (value.valuesCache ??= new RedisList([...value.values()]));
  }
}

function asScriptError<T>(action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    if (thrown instanceof ReplyError || thrown instanceof BackendError) throw new ScriptError(thrown.message);
    throw thrown;
  }
}

/** As RESP2 shows a reply: maps and sets as lists, doubles and statuses as strings. */
function redisValue(reply: Reply): RedisValue {
  if (typeof reply === 'string') return new RedisString(reply);
  if (typeof reply === 'number' || reply === null) return reply;
  if (typeof reply === 'bigint') return Number(reply);
  if (reply instanceof Uint8Array) return new RedisString(Buffer.from(reply).toString('latin1'));
  if (reply instanceof ErrorReply) throw new ScriptError(`Redis command returned an error: ${reply.text}`);
  if (reply instanceof Status || reply instanceof Double || reply instanceof Verbatim)
    return new RedisString(reply.text);
  if (reply instanceof NullArray) return null;
  if (reply instanceof MapReply) return reply.entries.flat().map(redisValue);
  if (reply instanceof SetReply || reply instanceof Replies) return reply.items.map(redisValue);
  return reply.map(redisValue);
}
