// SCAN, HSCAN, SSCAN and ZSCAN share their options and their walk.
//
//   [MATCH pattern] [COUNT n] and, for SCAN alone, [TYPE type]
import { matchesGlob } from '../keyspace/glob.ts';
import type { ScanIndex } from '../keyspace/scan-index.ts';
import type { Args } from '../resp/args.ts';
import type { Reply } from '../resp/reply.ts';
import { ReplyError } from './command.ts';
import * as errors from './errors.ts';
import { integerAt } from './numbers.ts';

const CURSOR = /^-?\d{1,20}$/;

export interface ScanOptions {
  readonly cursor: number;
  readonly count: number;
  readonly pattern: string | undefined;
  readonly type: string | undefined;
}

/** `cursorAt`: where the cursor stands; options follow. @throws ReplyError */
export function parseScanOptions(args: Args, cursorAt: number, takesType: boolean): ScanOptions {
  const cursorText = args.text(cursorAt);
  if (!CURSOR.test(cursorText)) throw new ReplyError(errors.INVALID_CURSOR.text);
  let count = 10;
  let pattern: string | undefined;
  let type: string | undefined;
  for (let i = cursorAt + 1; i < args.length; i += 2) {
    const word = args.word(i);
    if (i + 1 >= args.length) throw new ReplyError(errors.SYNTAX.text);
    if (word === 'COUNT') count = positiveCount(args, i + 1);
    else if (word === 'MATCH') pattern = args.text(i + 1);
    else if (word === 'TYPE' && takesType) type = args.text(i + 1);
    else throw new ReplyError(errors.SYNTAX.text);
  }
  return { cursor: cursorOf(cursorText), count, pattern, type };
}

/** As unsigned as Redis takes it: a negative one is beyond the end. */
function cursorOf(text: string): number {
  return text.startsWith('-') ? Number.MAX_SAFE_INTEGER : Number(text);
}

function positiveCount(args: Args, i: number): number {
  const count = integerAt(args, i);
  if (count < 1) throw new ReplyError(errors.SYNTAX.text);
  return count;
}

interface Scannable {
  readonly encoding: string;
  readonly index: ScanIndex;
  inOrder(): string[];
}

/** One step over a hash, set or sorted set. Small ones are returned whole and in their order, as Redis does. */
export function scanCollection<V extends Scannable>(
  args: Args,
  value: V | undefined,
  describe: (value: V, element: string) => readonly Reply[],
): Reply {
  const options = parseScanOptions(args, 2, false);
  if (value === undefined) return ['0', []];
  const isSmall = value.encoding === 'listpack' || value.encoding === 'intset';
  const step = isSmall ? { keys: value.inOrder(), cursor: 0 } : value.index.scan(options.cursor, options.count);
  const found = step.keys.filter((key) => options.pattern === undefined || matchesGlob(options.pattern, key));
  return [String(step.cursor), found.flatMap((element) => describe(value, element))];
}
