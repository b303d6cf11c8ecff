// A command is a value: its name, its shape and what it does. The table of them is a list; none of them sees a socket.
import type { Args } from '../resp/args.ts';
import type { Reply } from '../resp/reply.ts';
import type { Session } from './session.ts';

export type CommandFlag =
  | 'write'
  | 'readonly'
  | 'denyoom'
  | 'admin'
  | 'noscript'
  | 'fast'
  | 'blocking'
  | 'loading'
  | 'stale'
  | 'no-auth'
  | 'movablekeys'
  | 'module';

/** Positions of the keys among the arguments as COMMAND reports them; last may be negative, counted from the end. */
export interface KeyPositions {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

export interface Command {
  /** Lower case, as COMMAND lists it. */
  readonly name: string;
  /** Number of arguments with the name; -n means n or more. Checked before execute. */
  readonly arity: number;
  readonly flags: readonly CommandFlag[];
  readonly keys: KeyPositions;
  readonly categories?: readonly string[];
  /** Answers. A failure of the user's is an ErrorReply or a thrown ReplyError; anything else thrown is a defect. */
  execute(session: Session, args: Args): Reply | Promise<Reply>;
}

/** Thrown where returning an error would clutter; `message` is the error line. */
export class ReplyError extends Error {}
