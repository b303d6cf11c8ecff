// Lists. Those that wait are in blocking-commands.ts.
import type { ListValue } from '../keyspace/list-value.ts';
import type { Args } from '../resp/args.ts';
import { ErrorReply, NULL_ARRAY, OK, type Reply } from '../resp/reply.ts';
import { ONE_KEY, type Command } from './command.ts';
import { define, family, type Execute } from './define.ts';
import * as errors from './errors.ts';
import { changeList, listAt } from './lookup.ts';
import { integerAt } from './numbers.ts';
import type { Session } from './session.ts';

export type ListEnd = 'LEFT' | 'RIGHT';

function pushTo(list: ListValue, end: ListEnd, element: string): void {
  if (end === 'LEFT') list.pushLeft(element);
  else list.pushRight(element);
}

function pushing(end: ListEnd, mustExist: boolean): Execute {
  return (session, args) => {
    if (mustExist && listAt(session, args.text(1)) === undefined) return 0;
    return changeList(session, args.text(1), (list) => {
      for (let i = 2; i < args.length; i++) pushTo(list, end, args.text(i));
      return list.size;
    });
  };
}

/** Takes up to `count` elements from one end; undefined if there is no such list. */
export function popElements(session: Session, key: string, end: ListEnd, count: number): string[] | undefined {
  const list = listAt(session, key);
  if (list === undefined) return undefined;
  const elements: string[] = [];
  while (elements.length < count && list.size > 0) elements.push(end === 'LEFT' ? list.popLeft()! : list.popRight()!);
  if (elements.length > 0) session.database.changed(key);
  return elements;
}

// LPOP key [count]
function popping(end: ListEnd, name: string): Execute {
  return (session, args) => {
    if (args.length > 3) return errors.wrongArity(name);
    const count = args.length === 3 ? integerAt(args, 2, errors.MUST_BE_POSITIVE) : undefined;
    if (count !== undefined && count < 0) return errors.MUST_BE_POSITIVE;
    const elements = popElements(session, args.text(1), end, count ?? 1);
    if (count === undefined) return elements?.[0] ?? null;
    return elements ?? NULL_ARRAY;
  };
}

/** Takes from one list and gives to another, or the same; undefined if there is nothing to take. */
export function moveElement(
  session: Session,
  source: string,
  target: string,
  from: ListEnd,
  to: ListEnd,
): string | undefined {
  if (listAt(session, source) === undefined) return undefined;
  listAt(session, target);
  const element = popElements(session, source, from, 1)![0]!;
  changeList(session, target, (list) => pushTo(list, to, element));
  return element;
}

export function listEndAt(args: Args, i: number): ListEnd | undefined {
  const word = args.word(i);
  return word === 'LEFT' || word === 'RIGHT' ? word : undefined;
}

function lmove(session: Session, args: Args): Reply {
  const from = listEndAt(args, 3);
  const to = listEndAt(args, 4);
  if (from === undefined || to === undefined) return errors.SYNTAX;
  return moveElement(session, args.text(1), args.text(2), from, to) ?? null;
}

function rpoplpush(session: Session, args: Args): Reply {
  return moveElement(session, args.text(1), args.text(2), 'RIGHT', 'LEFT') ?? null;
}

/** Index from the start; negative ones count from the end. May lie outside. */
const fromStart = (index: number, size: number): number => (index < 0 ? index + size : index);

function lindex(session: Session, args: Args): Reply {
  const list = listAt(session, args.text(1));
  if (list === undefined) return null;
  const index = fromStart(integerAt(args, 2), list.size);
  return index >= 0 && index < list.size ? list.at(index) : null;
}

function lset(session: Session, args: Args): Reply {
  const list = listAt(session, args.text(1));
  if (list === undefined) return errors.NO_SUCH_KEY;
  const index = fromStart(integerAt(args, 2), list.size);
  if (index < 0 || index >= list.size) return errors.INDEX_OUT_OF_RANGE;
  list.replace(index, args.text(3));
  session.database.changed(args.text(1));
  return OK;
}

interface IndexRange {
  readonly from: number;
  readonly to: number;
}

/** Start and stop are read before the key is looked at, as Redis does: so an error in them comes first. */
function indexRangeAt(args: Args): (size: number) => IndexRange {
  const start = integerAt(args, 2);
  const stop = integerAt(args, 3);
  return (size) => {
    const from = Math.max(0, fromStart(start, size));
    const to = Math.min(size, fromStart(stop, size) + 1);
    return { from, to: Math.max(from, to) };
  };
}

function lrange(session: Session, args: Args): Reply {
  const rangeOf = indexRangeAt(args);
  const list = listAt(session, args.text(1));
  if (list === undefined) return [];
  const { from, to } = rangeOf(list.size);
  return list.slice(from, to);
}

function ltrim(session: Session, args: Args): Reply {
  const rangeOf = indexRangeAt(args);
  const list = listAt(session, args.text(1));
  if (list === undefined) return OK;
  const { from, to } = rangeOf(list.size);
  list.refill(list.slice(from, to));
  session.database.changed(args.text(1));
  return OK;
}

// LINSERT key BEFORE | AFTER pivot element
function linsert(session: Session, args: Args): Reply {
  const before = args.is(2, 'BEFORE');
  if (!before && !args.is(2, 'AFTER')) return errors.SYNTAX;
  const list = listAt(session, args.text(1));
  if (list === undefined) return 0;
  const elements = list.slice();
  const pivot = elements.indexOf(args.text(3));
  if (pivot === -1) return -1;
  elements.splice(before ? pivot : pivot + 1, 0, args.text(4));
  list.refill(elements);
  session.database.changed(args.text(1));
  return list.size;
}

// LREM key count element: count > 0 from the start, < 0 from the end, 0 all
function lrem(session: Session, args: Args): Reply {
  const count = integerAt(args, 2);
  const list = listAt(session, args.text(1));
  if (list === undefined) return 0;
  const element = args.text(3);
  const elements = count < 0 ? list.slice().reverse() : list.slice();
  let left = count === 0 ? Infinity : Math.abs(count);
  const kept = elements.filter((one) => one !== element || left-- <= 0);
  const removed = elements.length - kept.length;
  if (removed === 0) return 0;
  list.refill(count < 0 ? kept.reverse() : kept);
  session.database.changed(args.text(1));
  return removed;
}

// LPOS key element [RANK rank] [COUNT count] [MAXLEN len]
interface PosOptions {
  rank: number;
  count: number | undefined;
  lengthMax: number;
}

const RANK_RANGE = new ErrorReply(
  'ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807',
);

function parsePosOptions(args: Args): PosOptions | ErrorReply {
  const options: PosOptions = { rank: 1, count: undefined, lengthMax: 0 };
  for (let i = 3; i < args.length; i += 2) {
    const word = args.word(i);
    if (i + 1 >= args.length) return errors.SYNTAX;
    if (word === 'RANK') options.rank = integerAt(args, i + 1);
    else if (word === 'COUNT') options.count = integerAt(args, i + 1, new ErrorReply("ERR COUNT can't be negative"));
    else if (word === 'MAXLEN')
      options.lengthMax = integerAt(args, i + 1, new ErrorReply("ERR MAXLEN can't be negative"));
    else return errors.SYNTAX;
  }
  if (options.rank === 0) {
    return new ErrorReply(
      "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list",
    );
  }
  if (options.rank < -(2 ** 63 - 1)) return RANK_RANGE;
  if ((options.count ?? 0) < 0) return new ErrorReply("ERR COUNT can't be negative");
  return options.lengthMax < 0 ? new ErrorReply("ERR MAXLEN can't be negative") : options;
}

function lpos(session: Session, args: Args): Reply {
  const options = parsePosOptions(args);
  if (options instanceof ErrorReply) return options;
  const list = listAt(session, args.text(1));
  const found = list === undefined ? [] : positions(list, args.text(2), options);
  return options.count === undefined ? (found[0] ?? null) : found;
}

function positions(list: ListValue, element: string, { rank, count, lengthMax }: PosOptions): number[] {
  const wanted = count === 0 ? Infinity : (count ?? 1);
  const compared = lengthMax === 0 ? list.size : Math.min(lengthMax, list.size);
  const found: number[] = [];
  let skip = Math.abs(rank) - 1;
  for (let i = 0; i < compared && found.length < wanted; i++) {
    const index = rank > 0 ? i : list.size - 1 - i;
    if (list.at(index) === element && skip-- <= 0) found.push(index);
  }
  return found;
}

const TWO_KEYS = { first: 1, last: 2, step: 1 };

export const LIST_COMMANDS: readonly Command[] = family('list', [
  define('lindex', 3, 'readonly', ONE_KEY, lindex),
  define('linsert', 5, 'write denyoom', ONE_KEY, linsert),
  define('llen', 2, 'readonly fast', ONE_KEY, (session, args) => listAt(session, args.text(1))?.size ?? 0),
  define('lmove', 5, 'write denyoom', TWO_KEYS, lmove),
  define('lpop', -2, 'write fast', ONE_KEY, popping('LEFT', 'lpop')),
  define('lpos', -3, 'readonly', ONE_KEY, lpos),
  define('lpush', -3, 'write denyoom fast', ONE_KEY, pushing('LEFT', false)),
  define('lpushx', -3, 'write denyoom fast', ONE_KEY, pushing('LEFT', true)),
  define('lrange', 4, 'readonly', ONE_KEY, lrange),
  define('lrem', 4, 'write', ONE_KEY, lrem),
  define('lset', 4, 'write denyoom', ONE_KEY, lset),
  define('ltrim', 4, 'write', ONE_KEY, ltrim),
  define('rpop', -2, 'write fast', ONE_KEY, popping('RIGHT', 'rpop')),
  define('rpoplpush', 3, 'write denyoom', TWO_KEYS, rpoplpush),
  define('rpush', -3, 'write denyoom fast', ONE_KEY, pushing('RIGHT', false)),
  define('rpushx', -3, 'write denyoom fast', ONE_KEY, pushing('RIGHT', true)),
]);
