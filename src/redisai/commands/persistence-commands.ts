// Snapshots on demand, and the end of the engine: SAVE, BGSAVE, LASTSAVE, SHUTDOWN.
import { messageOf } from '../../core/errors.ts';
import type { Args } from '../resp/args.ts';
import { ErrorReply, OK, Status, type Reply } from '../resp/reply.ts';
import { NO_KEYS, type Command } from './command.ts';
import { define } from './define.ts';
import * as errors from './errors.ts';
import type { Session } from './session.ts';

const NOT_SAVED = new ErrorReply('ERR this engine keeps its data in memory only: start it with a folder to keep it in');
const ALREADY_SAVING = new ErrorReply('ERR Background save already in progress');
const SAVING = new Status('Background saving started');

/** Other clients are served meanwhile. */
async function save({ engine }: Session): Promise<Reply> {
  if (engine.persistence === undefined) return NOT_SAVED;
  if (engine.persistence.isSaving) return ALREADY_SAVING;
  try {
    await engine.persistence.save();
    return OK;
  } catch (error) {
    return new ErrorReply(`ERR ${messageOf(error)}`);
  }
}

// BGSAVE [SCHEDULE]
function saveInBackground({ engine }: Session, args: Args): Reply {
  if (args.length > 2 || (args.length === 2 && !args.is(1, 'SCHEDULE'))) return errors.SYNTAX;
  if (engine.persistence === undefined) return NOT_SAVED;
  if (engine.persistence.isSaving) return ALREADY_SAVING;
  // A failure is logged, and INFO shows it.
  engine.persistence.save().catch(() => undefined);
  return SAVING;
}

function lastSave({ engine }: Session): Reply {
  return Math.floor((engine.persistence?.lastSavedAtMs ?? engine.startedAtMs) / 1000);
}

// SHUTDOWN [NOSAVE | SAVE] [NOW] [FORCE] [ABORT]
const SHUTDOWN_WORDS = ['NOSAVE', 'SAVE', 'NOW', 'FORCE'];

function shutdown({ engine }: Session, args: Args): Reply {
  const words = Array.from({ length: args.length - 1 }, (_, i) => args.word(i + 1));
  if (words.includes('ABORT')) return new ErrorReply('ERR No shutdown in progress.');
  if (!words.every((word) => SHUTDOWN_WORDS.includes(word))) return errors.SYNTAX;
  if (words.includes('SAVE') && words.includes('NOSAVE')) return errors.SYNTAX;
  engine.shutdown(!words.includes('NOSAVE'));
  return OK;
}

export const PERSISTENCE_COMMANDS: readonly Command[] = [
  define('save', 1, 'admin noscript no_multi', NO_KEYS, save),
  define('bgsave', -1, 'admin noscript', NO_KEYS, saveInBackground),
  define('bgrewriteaof', 1, 'admin noscript', NO_KEYS, () => NOT_SAVED),
  define('lastsave', 1, 'loading stale fast', NO_KEYS, lastSave, { categories: ['admin', 'dangerous'] }),
  define('shutdown', -1, 'admin noscript loading stale no_multi allow_busy', NO_KEYS, shutdown),
];
