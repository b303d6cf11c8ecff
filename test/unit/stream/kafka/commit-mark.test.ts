// Promise: an offset that Kafka forgot is known by the outcomes; one that a person moved is taken as it stands.
import { describe, expect, it } from 'vitest';
import {
  commitHeader,
  CommitNames,
  NEVER,
  NOBODY,
  parseCommitHeader,
  whereToGoOn,
  type CommitMark,
} from '../../../../src/stream/kafka/commit-mark.ts';

/** Ends behind 10, 20, 30, … */
function marksOf(base: string, count: number): CommitMark[] {
  const names = new CommitNames(base);
  return Array.from({ length: count }, (_, index) => ({
    ...names.next(),
    next: 10 * (index + 1),
    topic: 'transactions',
    groupId: 'a group',
  }));
}

describe('the mark of a Kafka transaction', () => {
  it('comes back as it was written, whatever the group is called', () => {
    const [mark] = marksOf('base', 1);
    expect(parseCommitHeader(commitHeader(mark!))).toEqual(mark);
  });

  it.each(['', 'a', 'a b c', 'a b x topic group', 'a b 7 topic'])('is none: %j', (text) => {
    expect(parseCommitHeader(text)).toBeUndefined();
  });

  it('says to go on behind what was published, where its offset was forgotten', () => {
    const marks = marksOf('base', 3);
    expect(whereToGoOn({ offset: 5, name: 'base' }, [marks[2]!])).toBe(30);
    expect(whereToGoOn({ offset: 10, name: marks[0]!.name }, [marks[2]!])).toBe(30);
    expect(whereToGoOn({ offset: 0, name: NEVER }, [marksOf(NEVER, 1)[0]!])).toBe(10);
    // Scores and dead letters each have one; the later one counts.
    expect(whereToGoOn({ offset: 5, name: 'base' }, [marks[2]!, marks[1]!])).toBe(30);
  });

  it('says nothing where the offset is the newest', () => {
    const marks = marksOf('base', 2);
    expect(whereToGoOn({ offset: 20, name: marks[1]!.name }, [marks[1]!])).toBe(20);
    // Committed without an outcome.
    expect(whereToGoOn({ offset: 25, name: marks[1]!.name }, [marks[1]!])).toBe(25);
    expect(whereToGoOn({ offset: 7, name: 'another:1' }, [marks[1]!])).toBe(7);
    expect(whereToGoOn({ offset: 7, name: NEVER }, [])).toBe(7);
  });

  it('says nothing where a person moved the offset', () => {
    expect(whereToGoOn({ offset: 0, name: NOBODY }, marksOf(NOBODY, 2))).toBe(0);
    expect(whereToGoOn({ offset: 0, name: NOBODY }, marksOf('base', 2))).toBe(0);
  });
});
