// AI.DAGEXECUTE and its kin: what was read is run, what was asked for is persisted, each step is answered for.
import { StepFailure, type Run } from '../dag/run.ts';
import type { Args } from '../resp/args.ts';
import { ErrorReply, OK, Status, type Reply } from '../resp/reply.ts';
import { aiCommand, READ_MOVABLE, WRITE_MOVABLE } from './ai-command.ts';
import type { DagDialect, ReadyDag } from './ai-dag-request.ts';
import { parseDag } from './ai-dag-words.ts';
import { AI_ERRORS } from './ai-errors.ts';
import { namedTensors, requireDirectCall, TIMED_OUT } from './ai-execute.ts';
import { dagKeys, dagRouting } from './ai-key-positions.ts';
import { storeTensors } from './ai-keys.ts';
import { aiModule } from './ai-module.ts';
import { tensorReply } from './ai-tensor.ts';
import { ReplyError, type Command } from './command.ts';
import type { Session } from './session.ts';

/** Of a step whose inputs were never made. */
const NOT_RUN = new Status('NA');

function dagCommand(dialect: DagDialect): Command {
  const execute: Command['execute'] = (session, args) => {
    requireDirectCall(session);
    if (dialect.isLegacy && args.length < 2) throw new ReplyError(AI_ERRORS.arity(dialect.name));
    const module = aiModule(session);
    const request = module.dagShapes.find(session, args) ?? readDag(session, args, dialect);
    const run = module.run(request.plan, session);
    return run instanceof Promise
      ? run.then((finished) => dagReply(session, request, finished))
      : dagReply(session, request, run);
  };
  const flags = dialect.isReadOnly ? READ_MOVABLE : WRITE_MOVABLE;
  return aiCommand(dialect.name.toLowerCase(), flags, execute, {
    keyAt: 3,
    keysIn: dagKeys,
    routingKeysIn: dagRouting,
  });
}

function readDag(session: Session, args: Args, dialect: DagDialect): ReadyDag {
  const request = parseDag(session, args, dialect);
  aiModule(session).dagShapes.remember(args, request);
  return request;
}

/** One element for each step; one more if what was to be persisted could not be. */
function dagReply(session: Session, { formats, persist }: ReadyDag, run: Run): Reply {
  if (run.hasTimedOut) return TIMED_OUT;
  const replies: Reply[] = [];
  for (let i = 0; i < run.outcomes.length; i += 1) {
    const outcome = run.outcomes[i]!;
    if (outcome === 'ok') replies.push(OK);
    else if (outcome === 'not-run') replies.push(NOT_RUN);
    else if (outcome instanceof StepFailure) replies.push(new ErrorReply(outcome.message));
    else replies.push(tensorReply(outcome, formats[i]!));
  }
  if (persist.length === 0 || run.hasFailed) return replies;
  const failure = persistFailure(session, run, persist);
  if (failure !== undefined) replies.push(failure);
  return replies;
}

function persistFailure(session: Session, run: Run, names: readonly string[]): ErrorReply | undefined {
  try {
    storeTensors(session, namedTensors(run, names));
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof ReplyError)) throw thrown;
    return new ErrorReply(thrown.message);
  }
}

const DIALECTS: readonly DagDialect[] = [
  { name: 'AI.DAGEXECUTE', isReadOnly: false, isLegacy: false },
  { name: 'AI.DAGEXECUTE_RO', isReadOnly: true, isLegacy: false },
  { name: 'AI.DAGRUN', isReadOnly: false, isLegacy: true },
  { name: 'AI.DAGRUN_RO', isReadOnly: true, isLegacy: true },
];

export const DAG_COMMANDS: readonly Command[] = DIALECTS.map(dagCommand);
