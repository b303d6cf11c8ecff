// Filters take what they say, and a wrong word is answered with what was meant.
import { describe, expect, it } from 'vitest';
import { letterFilter } from '../../../../src/cli/dlt/letter-filter.ts';
import { storedLetter } from './stored-letter.ts';

const NONE = {
  stage: undefined,
  errorClass: undefined,
  since: undefined,
  until: undefined,
  sourcePartition: undefined,
};
const letter = storedLetter({ partition: 2, offset: 17, timestamp: 1000 }, { sourcePartition: 1 });

describe('a filter', () => {
  it.each([
    [true, {}, []],
    [true, { stage: 'decode', errorClass: 'truncated', sourcePartition: 1, since: 1000, until: 1001 }, ['2:17']],
    [false, { stage: 'score' }, []],
    [false, { errorClass: 'malformed' }, []],
    [false, { sourcePartition: 2 }, []],
    [false, { since: 1001 }, []],
    [false, { until: 1000 }, []],
    [false, {}, ['2:18', '17:2']],
  ])('%s: %j %j', (isWanted, settings, positions) => {
    expect(letterFilter({ ...NONE, ...settings }, positions)(letter)).toBe(isWanted);
  });

  it.each([
    [{ stage: 'decoded' }, [], "did you mean 'decode'?"],
    [{ errorClass: 'truncatd' }, [], "did you mean 'truncated'?"],
    [{ errorClass: 'xyz' }, [], 'one of: no-value, '],
    [{}, ['2'], 'partition:offset'],
  ])('%j %j is refused with a hint', (settings, positions, hint) => {
    const refused = () => letterFilter({ ...NONE, ...settings }, positions);
    expect(refused).toThrow(expect.objectContaining({ exitCode: 64, next: expect.stringContaining(hint) as string }));
  });
});
