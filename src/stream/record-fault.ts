// What is wrong with one record: it becomes a dead letter, and its neighbours never notice.
import type { DeadLetterErrorClass, DeadLetterStage } from '../contracts/dead-letter.ts';

export interface RecordFault {
  readonly stage: DeadLetterStage;
  readonly errorClass: DeadLetterErrorClass;
  readonly reason: string;
  /** How often it was tried. */
  readonly attempts: number;
}

export function recordFault(
  stage: DeadLetterStage,
  errorClass: DeadLetterErrorClass,
  reason: string,
  attempts = 1,
): RecordFault {
  return { stage, errorClass, reason, attempts };
}
