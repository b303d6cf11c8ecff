// What the engine's refusals mean to the person who speaks to it: provisions it, most of all.
import { EXIT, FraudstreamError, messageOf, wordsOf } from '../core/errors.ts';

interface Refusal {
  readonly words: RegExp;
  readonly code: string;
  readonly means: string;
  readonly next: string;
}

const REFUSALS: readonly Refusal[] = [
  {
    words: /unknown command .?AI\./i,
    code: 'ENGINE_WITHOUT_AI',
    means: 'the server at REDISAI_URL knows no AI commands: it is a Redis without the RedisAI module',
    next: 'name a RedisAI in REDISAI_URL, or start one: fraudstream serve',
  },
  {
    words: /^(NOAUTH|WRONGPASS|NOPERM)/,
    code: 'ENGINE_ACCESS_DENIED',
    means: 'the engine does not let this user do what has to be done',
    next: 'give the user in REDISAI_URL the rights that docs/security.md lists',
  },
  {
    words: /^OOM/,
    code: 'ENGINE_OUT_OF_MEMORY',
    means: 'the engine has reached its memory limit',
    next: 'raise maxmemory, or store fewer references (--references)',
  },
  {
    words: /^(READONLY|MOVED|ASK|TRYAGAIN|CROSSSLOT|CLUSTERDOWN)/,
    code: 'ENGINE_WRONG_NODE',
    means: 'this node of the engine does not take writes for these keys',
    next: 'name the nodes of the cluster in REDISAI_URL (redis+cluster://host:port,…); while its slots are being moved, try again',
  },
  {
    words: /cluster support disabled/,
    code: 'ENGINE_NO_CLUSTER',
    means: 'the server at REDISAI_URL belongs to no cluster',
    next: 'name it as a server: redis://host:port',
  },
];

const UNREACHABLE =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|ENOENT|EAI_AGAIN|ETIMEDOUT|Connection is closed|sentinels are unreachable|timed out|max retries|writeable/i;

/** Undefined where its words are not known. */
export function engineRefusal(cause: unknown): FraudstreamError | undefined {
  const words = messageOf(cause);
  const refusal = REFUSALS.find((known) => known.words.test(wordsOf(cause)));
  if (refusal !== undefined) {
    const { code, means, next } = refusal;
    return new FraudstreamError(code, `${means} (${words})`, { next, exitCode: EXIT.config, cause });
  }
  if (!UNREACHABLE.test(wordsOf(cause))) return undefined;
  return new FraudstreamError('ENGINE_UNREACHABLE', `the engine does not answer: ${words}`, {
    next: 'start it (fraudstream serve), or name yours in REDISAI_URL',
    exitCode: EXIT.unavailable,
    retriable: true,
    cause,
  });
}

export function provisionError(cause: unknown): FraudstreamError {
  const refused = (): FraudstreamError =>
    new FraudstreamError('ENGINE_REFUSED', `the engine refused what was to be stored: ${messageOf(cause)}`, {
      next: 'check that the model, its backend and the script belong together',
      cause,
    });
  return engineRefusal(cause) ?? refused();
}
