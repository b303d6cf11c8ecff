// Commands on the first of several lists or sorted sets that has something: LMPOP, ZMPOP, and all that wait for one.
import type { Args } from '../resp/args.ts';
import { ErrorReply, NULL_ARRAY, type Reply } from '../resp/reply.ts';
import { block } from './blocking.ts';
import { NO_KEYS, ReplyError, type Command } from './command.ts';
import { define, family, type Execute } from './define.ts';
import * as errors from './errors.ts';
import { countedKeys } from './key-positions.ts';
import { sortedSetAt } from './lookup.ts';
import { listEndAt, moveElement, popElements, type ListEnd } from './list-commands.ts';
import { double, integerAt, parseFloat64 } from './numbers.ts';
import type { Session } from './session.ts';
import { popPairs } from './sorted-set-range-commands.ts';

/** Seconds, fractions allowed; 0: for ever. @throws ReplyError */
function timeoutAt(args: Args, i: number): number {
  const seconds = parseFloat64(args.text(i));
  if (seconds === undefined || !Number.isFinite(seconds)) throw new ReplyError(errors.TIMEOUT_NOT_A_FLOAT.text);
  if (seconds < 0) throw new ReplyError(errors.TIMEOUT_NEGATIVE.text);
  if (seconds > Number.MAX_SAFE_INTEGER / 1000) throw new ReplyError('ERR timeout is out of range');
  return Math.ceil(seconds * 1000);
}

function texts(args: Args, from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => args.text(from + i));
}

/** Takes from one key; undefined if it has nothing. */
type Take = (session: Session, key: string) => Reply | undefined;

function takeFromFirst(session: Session, keys: readonly string[], take: Take): Reply | undefined {
  for (const key of keys) {
    const reply = take(session, key);
    if (reply !== undefined) return reply;
  }
  return undefined;
}

// BLPOP key [key …] timeout, BZPOPMIN key [key …] timeout
function waitingPop(take: Take): Execute {
  return (session, args) => {
    const timeoutMs = timeoutAt(args, args.length - 1);
    const keys = texts(args, 1, args.length - 1);
    const attempt = (): Reply | undefined => takeFromFirst(session, keys, take);
    return block(session, { keys, timeoutMs, onTimeout: NULL_ARRAY, attempt });
  };
}

const popElement =
  (end: ListEnd): Take =>
  (session, key) => {
    const elements = popElements(session, key, end, 1);
    return elements === undefined ? undefined : [key, elements[0]!];
  };

const popPair =
  (end: 'min' | 'max'): Take =>
  (session, key) => {
    if (sortedSetAt(session, key) === undefined) return undefined;
    const [member, score] = popPairs(session, key, end, 1)[0]!;
    return [key, member, double(score)];
  };

// BLMOVE source destination LEFT|RIGHT LEFT|RIGHT timeout
function blmove(session: Session, args: Args): Reply | Promise<Reply> {
  const from = listEndAt(args, 3);
  const to = listEndAt(args, 4);
  if (from === undefined || to === undefined) return errors.SYNTAX;
  return waitToMove(session, args, from, to, timeoutAt(args, 5));
}

function brpoplpush(session: Session, args: Args): Reply | Promise<Reply> {
  return waitToMove(session, args, 'RIGHT', 'LEFT', timeoutAt(args, 3));
}

function waitToMove(session: Session, args: Args, from: ListEnd, to: ListEnd, timeoutMs: number) {
  const source = args.text(1);
  const target = args.text(2);
  const attempt = (): Reply | undefined => moveElement(session, source, target, from, to);
  return block(session, { keys: [source], timeoutMs, onTimeout: NULL_ARRAY, attempt });
}

// numkeys key [key …] <end> [COUNT count], from argument `at` on
interface ManyPop<End> {
  readonly keys: readonly string[];
  readonly end: End;
  readonly count: number;
}

function parseManyPop<End>(args: Args, at: number, endOf: (i: number) => End | undefined): ManyPop<End> | ErrorReply {
  const keyCount = integerAt(args, at, errors.NUMKEYS_POSITIVE);
  if (keyCount < 1) return errors.NUMKEYS_POSITIVE;
  const endAt = at + 1 + keyCount;
  if (endAt >= args.length) return errors.SYNTAX;
  const end = endOf(endAt);
  if (end === undefined) return errors.SYNTAX;
  const keys = texts(args, at + 1, endAt);
  if (endAt + 1 === args.length) return { keys, end, count: 1 };
  if (endAt + 3 !== args.length || !args.is(endAt + 1, 'COUNT')) return errors.SYNTAX;
  const count = integerAt(args, endAt + 2, errors.COUNT_POSITIVE);
  return count < 1 ? errors.COUNT_POSITIVE : { keys, end, count };
}

function sortedEndAt(args: Args, i: number): 'min' | 'max' | undefined {
  if (args.is(i, 'MIN')) return 'min';
  return args.is(i, 'MAX') ? 'max' : undefined;
}

/** How LMPOP or ZMPOP reads its arguments from `at` on and takes from a key. */
type ManyPopper = (args: Args, at: number) => { readonly keys: readonly string[]; readonly take: Take } | ErrorReply;

const manyElements: ManyPopper = (args, at) => {
  const parsed = parseManyPop(args, at, (i) => listEndAt(args, i));
  if (parsed instanceof ErrorReply) return parsed;
  const take: Take = (session, key) => {
    const elements = popElements(session, key, parsed.end, parsed.count);
    return elements === undefined ? undefined : [key, elements];
  };
  return { keys: parsed.keys, take };
};

const manyPairs: ManyPopper = (args, at) => {
  const parsed = parseManyPop(args, at, (i) => sortedEndAt(args, i));
  if (parsed instanceof ErrorReply) return parsed;
  const take: Take = (session, key) => {
    const pairs = popPairs(session, key, parsed.end, parsed.count);
    return pairs.length === 0 ? undefined : [key, pairs.map(([member, score]) => [member, double(score)])];
  };
  return { keys: parsed.keys, take };
};

const popMany =
  (popper: ManyPopper): Execute =>
  (session, args) => {
    const request = popper(args, 1);
    return request instanceof ErrorReply ? request : (takeFromFirst(session, request.keys, request.take) ?? NULL_ARRAY);
  };

const waitToPopMany =
  (popper: ManyPopper): Execute =>
  (session, args) => {
    const timeoutMs = timeoutAt(args, 1);
    const request = popper(args, 2);
    if (request instanceof ErrorReply) return request;
    const attempt = (): Reply | undefined => takeFromFirst(session, request.keys, request.take);
    return block(session, { keys: request.keys, timeoutMs, onTimeout: NULL_ARRAY, attempt });
  };

const BUT_LAST = { first: 1, last: -2, step: 1 };
const TWO_KEYS = { first: 1, last: 2, step: 1 };

export const BLOCKING_COMMANDS: readonly Command[] = [
  ...family('list', [
    define('blmove', 6, 'write denyoom noscript blocking', TWO_KEYS, blmove),
    define('blmpop', -5, 'write blocking movablekeys', NO_KEYS, waitToPopMany(manyElements), {
      keysIn: countedKeys(2),
    }),
    define('blpop', -3, 'write noscript blocking', BUT_LAST, waitingPop(popElement('LEFT'))),
    define('brpop', -3, 'write noscript blocking', BUT_LAST, waitingPop(popElement('RIGHT'))),
    define('brpoplpush', 4, 'write denyoom noscript blocking', TWO_KEYS, brpoplpush),
    define('lmpop', -4, 'write movablekeys', NO_KEYS, popMany(manyElements), { keysIn: countedKeys(1) }),
  ]),
  ...family('sortedset', [
    define('bzmpop', -5, 'write blocking movablekeys', NO_KEYS, waitToPopMany(manyPairs), { keysIn: countedKeys(2) }),
    define('bzpopmax', -3, 'write noscript fast blocking', BUT_LAST, waitingPop(popPair('max'))),
    define('bzpopmin', -3, 'write noscript fast blocking', BUT_LAST, waitingPop(popPair('min'))),
    define('zmpop', -4, 'write movablekeys', NO_KEYS, popMany(manyPairs), { keysIn: countedKeys(1) }),
  ]),
];
