// How an AI command is made: its entry in the table, and what its failures are turned into.
import { BackendError } from '../backends/model.ts';
import type { Args } from '../resp/args.ts';
import type { Reply } from '../resp/reply.ts';
import { ScriptError } from '../script/script.ts';
import { TensorError } from '../tensor/tensor-error.ts';
import { NO_KEYS, ReplyError, type Command, type CommandFlag, type KeyPositions } from './command.ts';
import type { Session } from './session.ts';

type Execute = (session: Session, args: Args) => Reply | Promise<Reply>;

export interface AiCommandOptions {
  /** As COMMAND reports them: `at` for the one position first = last. */
  readonly keyAt?: number;
  readonly keysIn?: Command['keysIn'];
  readonly routingKeysIn?: Command['routingKeysIn'];
}

export const WRITE: readonly CommandFlag[] = ['write', 'denyoom', 'module'];
export const WRITE_MOVABLE: readonly CommandFlag[] = [...WRITE, 'movablekeys'];
export const REMOVE: readonly CommandFlag[] = ['write', 'module'];
export const READ: readonly CommandFlag[] = ['readonly', 'module'];
export const READ_MOVABLE: readonly CommandFlag[] = [...READ, 'movablekeys'];

/** RedisAI reports no arity (-1): its commands count their arguments themselves, each in its own words. */
export function aiCommand(
  name: string,
  flags: readonly CommandFlag[],
  execute: Execute,
  { keyAt, keysIn, routingKeysIn }: AiCommandOptions = {},
): Command {
  const keys: KeyPositions = keyAt === undefined ? NO_KEYS : { first: keyAt, last: keyAt, step: 1 };
  return {
    name,
    arity: -1,
    flags,
    keys,
    execute: answering(execute),
    ...(keysIn && { keysIn }),
    ...(routingKeysIn && { routingKeysIn }),
  };
}

function answering(execute: Execute): Execute {
  return (session, args) => {
    try {
      const reply = execute(session, args);
      return reply instanceof Promise ? reply.catch(throwReplyError) : reply;
    } catch (thrown) {
      throwReplyError(thrown);
    }
  };
}

/** What tensors, backends and scripts complain of is the client's affair: it is answered, not reported. */
export function throwReplyError(thrown: unknown): never {
  const isAnswer = thrown instanceof TensorError || thrown instanceof BackendError || thrown instanceof ScriptError;
  throw isAnswer ? new ReplyError(thrown.message.replace(/[\r\n]/g, ' ')) : thrown;
}
