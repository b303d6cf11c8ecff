// The one error that fraudstream shows to a person: what failed, why, and what to do next.

import { scrubForeign, scrubText } from './card-numbers.ts';

/** Process exit codes by kind of failure (sysexits where one fits). */
export const EXIT = { failure: 1, usage: 64, data: 65, unavailable: 69, software: 70, config: 78 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface FraudstreamErrorOptions {
  /** What the reader can do about it: a command, a setting, a package to install. */
  readonly next?: string;
  readonly exitCode?: ExitCode;
  /** True where the same call may succeed later without anything being changed. */
  readonly retriable?: boolean;
  readonly cause?: unknown;
}

/**
 * An error with a stable `code` (SCREAMING_SNAKE), a message that names the thing and the cause, and the next step.
 * Everything that leaves a layer of fraudstream on purpose is one of these; anything else is a defect.
 */
export class FraudstreamError extends Error {
  readonly code: string;
  readonly next: string | undefined;
  readonly exitCode: ExitCode;
  readonly retriable: boolean;

  constructor(code: string, message: string, options: FraudstreamErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'FraudstreamError';
    this.code = code;
    this.next = options.next;
    this.exitCode = options.exitCode ?? EXIT.failure;
    this.retriable = options.retriable ?? false;
  }
}

/** The message of anything that was thrown, to be shown: a peer may have put a secret or a card number there. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof FraudstreamError ? scrubText(thrown.message) : scrubForeign(wordsOf(thrown));
}

/** The same as it came, to be looked at only. */
export function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The one of ours in a chain of causes: a library may have wrapped it. */
export function fraudstreamErrorIn(thrown: unknown): FraudstreamError | undefined {
  if (thrown instanceof FraudstreamError) return thrown;
  return thrown instanceof Error && thrown.cause !== undefined ? fraudstreamErrorIn(thrown.cause) : undefined;
}
