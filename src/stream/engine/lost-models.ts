// What becomes of a consumer whose engine has lost a model or the script: it ends and says what is missing, or, where it
// was handed the means, they are stored again, once for each loss, and the batch is scored anew.
import { FraudstreamError } from '../../core/errors.ts';
import type { StreamLog } from '../stream-log.ts';
import type { EngineIdentity } from './engine.ts';

/**
 * Stores what is not there. `answeredLast`: the TAGs of the models that scored until now, undefined where none have.
 * @returns the keys that it stored
 * @throws FraudstreamError
 */
export type ProvisionMissing = (answeredLast: string | undefined) => Promise<readonly string[]>;

/** What is lost again within this would be lost again and again. */
const AGAIN_MS_MIN = 30_000;

export class LostModels {
  readonly #log: StreamLog;
  readonly #provision: ProvisionMissing | undefined;
  readonly #now: () => number;
  #answeredLast: string | undefined;
  #mending: Promise<void> | undefined;
  #mendedAt = Number.NEGATIVE_INFINITY;
  #times = 0;

  /** `now` is monotonic, in milliseconds. */
  constructor(log: StreamLog, provision?: ProvisionMissing, now: () => number = () => performance.now()) {
    this.#log = log;
    this.#provision = provision;
    this.#now = now;
  }

  /** How often they were stored again: to be read before an attempt that may fail. */
  get times(): number {
    return this.#times;
  }

  answered(identity: EngineIdentity): void {
    this.#answeredLast = identity.tags;
  }

  /**
   * Resolves when the attempt that failed may be made again. All partitions notice a loss, and one of them mends it.
   * @param times as read before the attempt
   * @throws `error` where it is none of a loss or none may be mended; FraudstreamError where that fails
   */
  async mend(error: unknown, times: number): Promise<void> {
    if (!isLoss(error) || this.#provision === undefined) throw error;
    if (times < this.#times) return;
    this.#mending ??= this.#provisionAgain(error, this.#provision).finally(() => (this.#mending = undefined));
    await this.#mending;
  }

  async #provisionAgain(loss: FraudstreamError, provision: ProvisionMissing): Promise<void> {
    const sinceMs = this.#now() - this.#mendedAt;
    if (sinceMs < AGAIN_MS_MIN) throw lostAgain(loss, sinceMs);
    this.#log.warn({ reason: loss.message }, 'the engine has lost what scores; it is stored again');
    const stored = await provision(this.#answeredLast).catch((cause: unknown) => {
      throw notMended(loss, cause);
    });
    this.#mendedAt = this.#now();
    this.#times += 1;
    this.#log.warn(
      { stored },
      'stored again, and scoring goes on; references that were lost too are missing in scores until: fraudstream provision',
    );
  }
}

const isLoss = (error: unknown): error is FraudstreamError =>
  error instanceof FraudstreamError && error.code === 'ENGINE_NOT_PROVISIONED';

function lostAgain(loss: FraudstreamError, sinceMs: number): FraudstreamError {
  const words = `${loss.message}; it was stored again ${Math.round(sinceMs / 1000)} s ago`;
  return new FraudstreamError(loss.code, words, {
    next: 'find out what empties the engine (FLUSHALL, restarts, eviction by maxmemory-policy), then: fraudstream provision',
    exitCode: loss.exitCode,
  });
}

/** A defect stays what it is. */
function notMended(loss: FraudstreamError, cause: unknown): unknown {
  if (!(cause instanceof FraudstreamError)) return cause;
  return new FraudstreamError(loss.code, `${loss.message}; storing it again failed: ${cause.message}`, {
    ...(cause.next === undefined ? {} : { next: cause.next }),
    exitCode: cause.exitCode,
    retriable: cause.retriable,
    cause,
  });
}
