// Promise: a mistake is three lines, a defect is a stack, and neither shows a card number.
import { describe, expect, it } from 'vitest';
import { exitCodeOf, reportError } from '../../../src/cli/error-report.ts';
import { EXIT, FraudstreamError } from '../../../src/core/errors.ts';

function reported(error: unknown): string[] {
  const lines: string[] = [];
  reportError(error, (line) => lines.push(line));
  return lines;
}

describe('an error', () => {
  it('of a person says what, why and what next', () => {
    const error = new FraudstreamError('X', 'no broker answers', {
      cause: new Error('ECONNREFUSED'),
      next: 'start one',
      exitCode: EXIT.unavailable,
    });
    expect(reported(error)).toEqual(['error: no broker answers', 'cause: ECONNREFUSED', 'next:  start one']);
    expect(exitCodeOf(error)).toBe(69);
  });

  it('does not repeat a cause that the message already tells', () => {
    const error = new FraudstreamError('X', 'no broker answers: ECONNREFUSED', { cause: new Error('ECONNREFUSED') });
    expect(reported(error)).toEqual(['error: no broker answers: ECONNREFUSED']);
  });

  it('of ours shows its stack and ends with 70', () => {
    const error = new TypeError('undefined is not a function');
    expect(reported(error).join('\n')).toMatch(/defect[^]*TypeError: undefined[^]*error-report\.test/);
    expect(exitCodeOf(error)).toBe(70);
  });

  it('shows no card number', () => {
    expect(reported(new FraudstreamError('X', 'row 5: 4111111111111111')).join()).not.toContain('4111111111');
  });
});
