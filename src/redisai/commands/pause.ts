// CLIENT PAUSE: commands wait until a moment, or until CLIENT UNPAUSE.
import type { Command } from './command.ts';
import type { Session } from './session.ts';

/** `write`: commands that change nothing go on. */
export type PauseMode = 'all' | 'write';

export class Pause {
  readonly ended: Promise<void>;
  #mode: PauseMode;
  #endsAtMs: number;
  #timer: NodeJS.Timeout | undefined = undefined;
  #end: () => void = () => undefined;

  constructor(mode: PauseMode, endsAtMs: number, onEnd: () => void) {
    this.#mode = mode;
    this.#endsAtMs = endsAtMs;
    this.ended = new Promise((resolve) => {
      this.#end = (): void => {
        onEnd();
        resolve();
      };
    });
    this.#startTimer();
  }

  /** Another PAUSE on top of this one: the later moment and the stricter mode hold. */
  extend(mode: PauseMode, endsAtMs: number): void {
    if (mode === 'all') this.#mode = 'all';
    this.#endsAtMs = Math.max(this.#endsAtMs, endsAtMs);
    this.#startTimer();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#end();
  }

  /** True if the command has to wait. */
  holds(session: Session, command: Command): boolean {
    return this.#mode === 'all' || mayWrite(session, command);
  }

  #startTimer(): void {
    clearTimeout(this.#timer);
    // A longer time than a timer can hold is cut to that.
    const leftMs = Math.min(Math.max(0, this.#endsAtMs - Date.now()), 2 ** 31 - 1);
    // The engine may stop meanwhile: nobody would be left to wait.
    this.#timer = setTimeout(() => this.end(), leftMs).unref();
  }
}

const isWrite = ({ flags }: Command): boolean => flags.includes('write') || flags.includes('pubsub');

function mayWrite(session: Session, command: Command): boolean {
  if (command.name !== 'exec') return isWrite(command);
  return session.transaction?.queue.some((queued) => isWrite(queued.command)) === true;
}
