// A command is a value: its name, its shape and what it does. The table of them is a list; none of them sees a socket.
import type { Args } from '../resp/args.ts';
import type { ErrorReply, Reply } from '../resp/reply.ts';
import type { Session } from './session.ts';

export type CommandFlag =
  | 'write'
  | 'readonly'
  | 'denyoom'
  | 'admin'
  | 'noscript'
  | 'no_multi'
  | 'fast'
  | 'blocking'
  | 'loading'
  | 'stale'
  | 'no_auth'
  | 'allow_busy'
  | 'skip_monitor'
  | 'skip_slowlog'
  | 'movablekeys'
  | 'pubsub'
  | 'sort_for_script'
  | 'asking'
  | 'module';

/** Positions of the keys among the arguments as COMMAND reports them; last may be negative, counted from the end. */
export interface KeyPositions {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

export interface Command {
  /** Lower case, as COMMAND lists it; a subcommand's is `config|get`. */
  readonly name: string;
  /** Number of arguments with the name; -n means n or more. Checked before execute. */
  readonly arity: number;
  readonly flags: readonly CommandFlag[];
  readonly keys: KeyPositions;
  /** ACL categories, without the @, beside those that follow from the flags. */
  readonly categories?: readonly string[];
  /** Where the keys are not at fixed positions: their positions in these arguments; an error where there is none to find. */
  readonly keysIn?: (args: Args) => readonly number[] | ErrorReply;
  /** In a cluster: positions of all keys that must lie on one node, where they are more than those. */
  readonly routingKeysIn?: (args: Args) => readonly number[];
  /** For a container: by lower-case name. Arity and flags of the subcommand hold, and its execute runs. */
  readonly subcommands?: ReadonlyMap<string, Command>;
  /** Answers. A failure of the user's is an ErrorReply or a thrown ReplyError; anything else thrown is a defect. */
  execute(session: Session, args: Args): Reply | Promise<Reply>;
}

/** Thrown where returning an error would clutter; `message` is the error line. */
export class ReplyError extends Error {}

/** A command without keys. */
export const NO_KEYS: KeyPositions = { first: 0, last: 0, step: 0 };
/** The first argument is the one key. */
export const ONE_KEY: KeyPositions = { first: 1, last: 1, step: 1 };
/** All arguments are keys. */
export const ALL_KEYS: KeyPositions = { first: 1, last: -1, step: 1 };
