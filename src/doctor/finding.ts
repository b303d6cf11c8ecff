// What a check says of one thing: well, doubtful or wrong, and what mends it.
import { scrubText } from '../core/card-numbers.ts';

export const SEVERITIES = ['ok', 'warning', 'error'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Finding {
  readonly severity: Severity;
  readonly message: string;
  /** The command or the setting that mends it. */
  readonly next?: string;
}

export const ok = (message: string): Finding => ({ severity: 'ok', message: scrubText(message) });
/** A stream would run; somebody should know. */
export const warning = (message: string, next: string): Finding => ({
  severity: 'warning',
  message: scrubText(message),
  next,
});
/** A stream would not run, or would score wrongly. */
export const error = (message: string, next: string): Finding => ({
  severity: 'error',
  message: scrubText(message),
  next,
});

/** The gravest of some. */
export function gravest(findings: readonly Pick<Finding, 'severity'>[]): Severity {
  const ranks = findings.map(({ severity }) => SEVERITIES.indexOf(severity));
  return SEVERITIES[Math.max(0, ...ranks)]!;
}
