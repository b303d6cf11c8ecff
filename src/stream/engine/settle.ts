// Between the engine's replies and those who read them: failures of the engine as a whole are taken out here,
// so that what is left belongs to single records.
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import { EngineUnavailable, type Engine } from './engine.ts';
import { describeReply, type Reply } from './reply.ts';
import { verdictOf } from './verdict.ts';

/** From this attempt on, a record that alone keeps the batch waiting is no longer waited for. */
const ATTEMPTS_MAX = 5;

/** @throws EngineUnavailable to be asked again; FraudstreamError where a person must act */
export async function settle(
  engine: Pick<Engine, 'identify'>,
  replies: readonly Reply[],
  attempt: number,
): Promise<readonly Reply[]> {
  const verdicts = replies.map(verdictOf);
  const stop = replies[verdicts.indexOf('stop')];
  if (stop !== undefined) throw refused(stop);
  const missing = replies[verdicts.indexOf('missing')];
  if (missing !== undefined) await sayWhatIsMissing(engine, missing);
  const waiting = replies.filter((_, index) => verdicts[index] === 'wait');
  if (waiting.length === 0 || (attempt >= ATTEMPTS_MAX && isFewAndAnswered(waiting, replies))) return replies;
  throw new EngineUnavailable(describeReply(waiting[0]), waiting[0]);
}

/** The engine answered, and answered others well: these records fail by themselves. */
function isFewAndAnswered(waiting: readonly Reply[], replies: readonly Reply[]): boolean {
  return waiting.length < replies.length && waiting.every((reply) => !(reply instanceof Error) || isErrorReply(reply));
}

const isErrorReply = (error: Error): boolean => error.name === 'ReplyError';

async function sayWhatIsMissing(engine: Pick<Engine, 'identify'>, reply: Reply): Promise<never> {
  // Names the key that is missing; where none is, somebody has just provisioned, and the batch is asked again.
  await engine.identify();
  throw new EngineUnavailable(describeReply(reply), reply);
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
