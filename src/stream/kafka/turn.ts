// The time that a batch is worked on: heartbeats go on, and `signal` fires when the batch is no longer this member's.
import type { EachBatchPayload } from 'kafkajs';
import { messageOf } from '../../core/errors.ts';
import type { StreamLog } from '../stream-log.ts';
import { isMembershipLost } from './kafka-error.ts';

export class Turn {
  lost: Error | undefined;
  readonly #mine = new AbortController();
  readonly #generation: AbortSignal;
  readonly #timer: NodeJS.Timeout;

  constructor(payload: EachBatchPayload, generation: AbortSignal, heartbeatMs: number, log: StreamLog) {
    this.#generation = generation;
    // Not `AbortSignal.any`: of every signal that it makes a generation, which may last for months, keeps something.
    if (generation.aborted) this.#abort();
    generation.addEventListener('abort', this.#abort);
    this.#timer = setInterval(() => void this.#beat(payload, log), heartbeatMs);
  }

  get signal(): AbortSignal {
    return this.#mine.signal;
  }

  end(): void {
    clearInterval(this.#timer);
    this.#generation.removeEventListener('abort', this.#abort);
  }

  async #beat(payload: EachBatchPayload, log: StreamLog): Promise<void> {
    try {
      await payload.heartbeat();
    } catch (error) {
      log.debug({ reason: messageOf(error) }, 'a heartbeat failed');
      if (!isMembershipLost(error)) return;
      this.lost = error as Error;
      this.#abort();
    }
  }

  readonly #abort = (): void => this.#mine.abort();
}
