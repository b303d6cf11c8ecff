// AI.INFO: how often and how long a model or script has run.
import type { Args } from '../resp/args.ts';
import { OK, type Reply } from '../resp/reply.ts';
import { aiCommand, READ } from './ai-command.ts';
import { AI_ERRORS } from './ai-errors.ts';
import { ModelValue, ScriptValue } from './ai-values.ts';
import { ReplyError, type Command } from './command.ts';
import type { Session } from './session.ts';

/** AI.INFO key [RESETSTAT]; another second word is ignored. */
function info(session: Session, args: Args): Reply {
  if (args.length < 2 || args.length > 3) throw new ReplyError(AI_ERRORS.arity('ai.info'));
  const key = args.text(1);
  const value = session.database.get(key);
  const subject = subjectOf(value);
  if (subject === undefined) throw new ReplyError(AI_ERRORS.noRunInfo);
  const { statistics, settings } = subject.stored;
  if (args.length === 3 && args.is(2, 'RESETSTAT')) {
    statistics.reset();
    return OK;
  }
  return [
    ...['key', key, 'type', subject.type, 'backend', subject.backend, 'device', settings.device, 'tag', settings.tag],
    ...['duration', Math.round(statistics.microseconds), 'samples', subject.samples],
    ...['calls', statistics.calls, 'errors', statistics.errors],
  ];
}

interface Subject {
  readonly stored: ModelValue['model'] | ScriptValue['script'];
  readonly type: 'MODEL' | 'SCRIPT';
  readonly backend: string;
  /** Scripts have no samples: RedisAI says -1. */
  readonly samples: number;
}

function subjectOf(value: unknown): Subject | undefined {
  if (value instanceof ModelValue) {
    const { model } = value;
    return { stored: model, type: 'MODEL', backend: model.source.backend, samples: model.statistics.samples };
  }
  if (!(value instanceof ScriptValue)) return undefined;
  return { stored: value.script, type: 'SCRIPT', backend: 'TORCH', samples: -1 };
}

export const INFO_COMMANDS: readonly Command[] = [aiCommand('ai.info', READ, info, { keyAt: 1 })];
