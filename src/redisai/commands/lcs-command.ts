// LCS: the longest common subsequence of two strings, its length, or where it lies.
//
//   LCS key1 key2 [LEN] [IDX] [MINMATCHLEN length] [WITHMATCHLEN]
import type { Args } from '../resp/args.ts';
import { ErrorReply, MapReply, type Reply } from '../resp/reply.ts';
import * as errors from './errors.ts';
import { integerAt } from './numbers.ts';
import type { Session } from './session.ts';

const CELLS_MAX = 16 * 1024 * 1024;
const NOT_STRINGS = new ErrorReply('ERR The specified keys must contain string values');
const TOO_LONG = new ErrorReply('ERR String too long for LCS');
const LENGTH_AND_INDEXES = new ErrorReply('ERR If you want both the length and indexes, please just use IDX.');

interface LcsOptions {
  length: boolean;
  indexes: boolean;
  matchLengthMin: number;
  withMatchLength: boolean;
}

function parseOptions(args: Args): LcsOptions | ErrorReply {
  const options: LcsOptions = { length: false, indexes: false, matchLengthMin: 0, withMatchLength: false };
  for (let i = 3; i < args.length; i++) {
    if (args.is(i, 'LEN')) options.length = true;
    else if (args.is(i, 'IDX')) options.indexes = true;
    else if (args.is(i, 'WITHMATCHLEN')) options.withMatchLength = true;
    else if (args.is(i, 'MINMATCHLEN') && i + 1 < args.length) options.matchLengthMin = integerAt(args, ++i);
    else return errors.SYNTAX;
  }
  return options.length && options.indexes ? LENGTH_AND_INDEXES : options;
}

function operand(session: Session, key: string): string | undefined {
  const value = session.database.get(key);
  if (value === undefined) return '';
  return value.type === 'string' ? value.text : undefined;
}

export function lcs(session: Session, args: Args): Reply {
  const a = operand(session, args.text(1));
  const b = operand(session, args.text(2));
  if (a === undefined || b === undefined) return NOT_STRINGS;
  const options = parseOptions(args);
  if (options instanceof ErrorReply) return options;
  if ((a.length + 1) * (b.length + 1) > CELLS_MAX) return TOO_LONG;
  const runs = commonRuns(a, b);
  const length = runs.reduce((sum, run) => sum + run.length, 0);
  if (options.length) return length;
  if (options.indexes)
    return new MapReply([
      ['matches', describe(runs, options)],
      ['len', length],
    ]);
  return runs
    .map(({ a: from, length: count }) => a.slice(from, from + count))
    .reverse()
    .join('');
}

/** So many characters that are the same from these places on. */
interface Run {
  a: number;
  b: number;
  length: number;
}

function describe(runs: readonly Run[], { matchLengthMin, withMatchLength }: LcsOptions): Reply {
  const shown = runs.filter(({ length }) => length >= matchLengthMin);
  return shown.map(({ a, b, length }) => {
    const ranges: Reply[] = [
      [a, a + length - 1],
      [b, b + length - 1],
    ];
    return withMatchLength ? [...ranges, length] : ranges;
  });
}

/** The last run first. */
function commonRuns(a: string, b: string): Run[] {
  const width = b.length + 1;
  const lengths = prefixLengths(a, b);
  const runs: Run[] = [];
  let run: Run | undefined;
  for (let i = a.length, j = b.length; i > 0 && j > 0;) {
    if (a[i - 1] === b[j - 1]) {
      if (run === undefined) runs.push((run = { a: i, b: j, length: 0 }));
      run.a = --i;
      run.b = --j;
      run.length++;
      continue;
    }
    run = undefined;
    if (lengths[(i - 1) * width + j]! > lengths[i * width + j - 1]!) i--;
    else j--;
  }
  return runs;
}

/** Length of the longest common subsequence of the first i characters of a and the first j of b, at i × width + j. */
function prefixLengths(a: string, b: string): Uint32Array {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const longest = Math.max(lengths[(i - 1) * width + j]!, lengths[i * width + j - 1]!);
      lengths[i * width + j] = same ? lengths[(i - 1) * width + j - 1]! + 1 : longest;
    }
  }
  return lengths;
}
