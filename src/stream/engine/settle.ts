// Between the engine's replies and those who read them: failures of the engine as a whole are taken out here,
// so that what is left belongs to single records.
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import { EngineUnavailable, type Engine } from './engine.ts';
import { describeReply, type Reply } from './reply.ts';
import { isTimedOut, verdictOf } from './verdict.ts';

/** From this attempt on, a record that alone keeps the batch waiting is no longer waited for. */
export const ATTEMPTS_MAX = 5;

/** The engine answers, and to each of these with TIMEDOUT: too much at once, or records that it will never finish. */
export class AllTimedOut extends EngineUnavailable {}

/**
 * `asked` is what the replies are about, for a person.
 * @throws EngineUnavailable to be asked again; FraudstreamError where a person must act
 */
export async function settle(
  engine: Pick<Engine, 'identify' | 'probe'>,
  replies: readonly Reply[],
  attempt: number,
  asked: string,
): Promise<readonly Reply[]> {
  if (replies.every(isOwn)) return replies;
  const verdicts = replies.map(verdictOf);
  const stop = replies[verdicts.indexOf('stop')];
  if (stop !== undefined) throw refused(stop);
  const elsewhere = replies[verdicts.indexOf('elsewhere')];
  if (elsewhere !== undefined) throw new EngineUnavailable(describeReply(elsewhere), elsewhere);
  const missing = replies[verdicts.indexOf('missing')];
  if (missing !== undefined) await sayWhatIsMissing(engine, missing);
  const wrongType = replies[verdicts.indexOf('wrong-type')];
  if (wrongType !== undefined) throw ofWrongType(asked, wrongType);
  const waiting = replies.filter((_, index) => verdicts[index] === 'wait');
  if (waiting.length === 0 || (await areTheirOwn(engine, waiting, replies, attempt))) return replies;
  const Failure = waiting.every(isTimedOut) && waiting.length === replies.length ? AllTimedOut : EngineUnavailable;
  throw new Failure(describeReply(waiting[0]), waiting[0]);
}

const isOwn = (reply: Reply): boolean => verdictOf(reply) === 'own';

/** Asked often enough, and the engine does answer, and answers others well: these records fail by themselves. */
async function areTheirOwn(
  engine: Pick<Engine, 'probe'>,
  waiting: readonly Reply[],
  replies: readonly Reply[],
  attempt: number,
): Promise<boolean> {
  if (attempt < ATTEMPTS_MAX || waiting.some((reply) => reply instanceof Error && !isErrorReply(reply))) return false;
  if (waiting.length < replies.length) return true;
  // One record alone: a DAG that is known to be good stands for the others.
  if (replies.length > 1 || !isTimedOut(waiting[0])) return false;
  await engine.probe();
  return true;
}

const isErrorReply = (error: Error): boolean => error.name === 'ReplyError';

async function sayWhatIsMissing(engine: Pick<Engine, 'identify'>, reply: Reply): Promise<never> {
  // Names the key that is missing; where none is, somebody has just provisioned, and the batch is asked again.
  await engine.identify();
  throw new EngineUnavailable(describeReply(reply), reply);
}

export function ofWrongType(asked: string, reply: Reply): FraudstreamError {
  return new FraudstreamError('ENGINE_KEY_WRONG_TYPE', `${asked}: ${describeReply(reply)}`, {
    next: 'see what is stored there (TYPE <key>), delete it (DEL <key>), then: fraudstream provision',
    exitCode: EXIT.config,
    cause: reply,
  });
}

export function refused(reply: Reply): FraudstreamError {
  const words = describeReply(reply);
  return new FraudstreamError('ENGINE_REFUSED', `the engine refuses to score: ${words}`, {
    next: /unknown command/i.test(words)
      ? 'REDISAI_URL names a server without the RedisAI module: name another one, or start one: fraudstream serve'
      : 'check the user and the password in REDISAI_URL, and what that user may do',
    exitCode: EXIT.config,
    cause: reply,
  });
}
