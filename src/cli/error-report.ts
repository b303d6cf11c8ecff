// How an error is shown: what a person can mend in three lines, a defect with its stack.
import { scrubForeign, scrubText } from '../core/card-numbers.ts';
import { EXIT, FraudstreamError, messageOf } from '../core/errors.ts';

export function reportError(error: unknown, tell: (line: string) => void): void {
  for (const line of error instanceof FraudstreamError ? personLines(error) : [defectLines(error)])
    tell(scrubText(line));
}

export function exitCodeOf(error: unknown): number {
  return error instanceof FraudstreamError ? error.exitCode : EXIT.software;
}

function personLines(error: FraudstreamError): string[] {
  const cause = error.cause === undefined ? '' : messageOf(error.cause);
  // Many messages already end with their cause's words.
  const showCause = cause !== '' && !error.message.includes(cause);
  return [
    `error: ${error.message}`,
    ...(showCause ? [`cause: ${cause}`] : []),
    ...(error.next === undefined ? [] : [`next:  ${error.next}`]),
  ];
}

function defectLines(error: unknown): string {
  const stack = scrubForeign(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return `error: a defect in fraudstream, please report it with the lines below\n${stack}`;
}
