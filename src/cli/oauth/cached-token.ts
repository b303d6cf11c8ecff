// One token for all connections, asked for again shortly before it expires; who asks meanwhile waits for the same answer.

export interface IssuedToken {
  readonly token: string;
  /** From now; 0 where nobody said: it is then used once. */
  readonly lifeMs: number;
}

/**
 * What is left of a token's life when the next is asked for, at least: brokers end a connection with its token, kafkajs tells
 * the next token ten seconds before, and would do so for ever with one that lives no longer.
 */
const LEFT_MS_MIN = 30_000;
const LEFT_SHARE_MIN = 0.2;

/** A failure is told to those who waited for it, and the next one asks again. */
export function cachedToken(
  ask: () => Promise<IssuedToken>,
  now: () => number = () => performance.now(),
): () => Promise<string> {
  let until = -Infinity;
  let held = '';
  let asked: Promise<string> | undefined;
  const renew = async (): Promise<string> => {
    const askedAt = now();
    const { token, lifeMs } = await ask();
    held = token;
    until = askedAt + lifeMs - Math.max(LEFT_MS_MIN, lifeMs * LEFT_SHARE_MIN);
    return token;
  };
  return () => {
    if (asked !== undefined) return asked;
    if (now() < until) return Promise.resolve(held);
    asked = renew().finally(() => (asked = undefined));
    return asked;
  };
}
