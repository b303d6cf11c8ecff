// The guard stops a consumer that makes dead letters of most of what comes in, and leaves every other one alone.
import { describe, expect, it } from 'vitest';
import type { DeadLetterErrorClass } from '../../../src/contracts/dead-letter.ts';
import { DeadLetterGuard, type JudgedOutcome } from '../../../src/stream/dead-letter-guard.ts';

const letters = (count: number, errorClass: DeadLetterErrorClass = 'truncated'): JudgedOutcome[] =>
  new Array<JudgedOutcome>(count).fill({ kind: 'dead-letter', letter: { errorClass } });
const scores = (count: number): JudgedOutcome[] => new Array<JudgedOutcome>(count).fill({ kind: 'score' });
const guard = (shareMax = 0.5, windowRecords = 1000) => new DeadLetterGuard({ shareMax, windowRecords });

describe('the guard', () => {
  it('names the share, the most common class, and what to do', () => {
    const error = guard().published([...scores(40), ...letters(50), ...letters(11, 'unknown-schema')]);
    expect(error).toMatchObject({ code: 'DEAD_LETTERS_TOO_MANY', exitCode: 65, retriable: false });
    expect(error?.message).toBe('61 of the last 101 records (60 %) ended as dead letters, 50 of them truncated');
    expect(error?.next).toContain('fraudstream dlt');
  });

  it('lets exactly the share pass', () => {
    expect(guard().published([...scores(100), ...letters(100)])).toBeUndefined();
    expect(guard().published([...scores(100), ...letters(101)])).toBeDefined();
  });

  it('says nothing of a few records at the start', () => {
    const it = guard();
    expect(it.published(letters(99))).toBeUndefined();
    expect(it.published(letters(1))).toBeDefined();
  });

  it('forgets what lies beyond its window', () => {
    const it = guard(0.5, 200);
    expect(it.published([...scores(100), ...letters(100)])).toBeUndefined();
    expect(it.published(scores(200))).toBeUndefined();
    expect(it.published(letters(100))).toBeUndefined();
    expect(it.published(letters(1))?.message).toContain('101 of the last 200');
  });

  it('judges a window that is shorter than what it otherwise waits for', () => {
    expect(guard(0.5, 10).published(letters(9))).toBeUndefined();
    expect(guard(0.5, 10).published(letters(10))).toBeDefined();
  });

  it('may be turned off, or stop at the first dead letter of a full start', () => {
    expect(guard(0).published(letters(5000))).toBeUndefined();
    expect(guard(0.001).published([...scores(99), ...letters(1)])).toBeDefined();
  });

  it('never stops a consumer of which all is dead letters where the share is 1', () => {
    expect(guard(1).published(letters(5000))).toBeUndefined();
  });
});
