// SORT and SORT_RO: the elements of a list, set or sorted set by their own value or by that of other keys.
//
//   SORT key [BY pattern] [LIMIT offset count] [GET pattern …] [ASC | DESC] [ALPHA] [STORE key]
//
// A pattern is a key with a * for the element, and may go on with ->field; # is the element itself.
import { ListValue } from '../keyspace/list-value.ts';
import type { Args } from '../resp/args.ts';
import type { Reply } from '../resp/reply.ts';
import { ONE_KEY, ReplyError, type Command } from './command.ts';
import { define } from './define.ts';
import * as errors from './errors.ts';
import { storeResult } from './lookup.ts';
import { integerAt, parseFloat64 } from './numbers.ts';
import type { Session } from './session.ts';

interface SortOptions {
  by: string | undefined;
  readonly get: string[];
  offset: number;
  /** -1: all. */
  count: number;
  descending: boolean;
  alphabetic: boolean;
  store: string | undefined;
}

interface Weighed {
  readonly element: string;
  /** By which it is sorted; undefined where its pattern finds nothing. */
  readonly weight: string | number | undefined;
}

/** An option, the number of arguments after it, and what it says; undefined where it is allowed. */
interface Option {
  readonly operands: number;
  readonly apply: (options: SortOptions, args: Args, i: number) => void;
}

const OPTIONS: ReadonlyMap<string, Option> = new Map<string, Option>([
  ['ASC', { operands: 0, apply: (options) => (options.descending = false) }],
  ['DESC', { operands: 0, apply: (options) => (options.descending = true) }],
  ['ALPHA', { operands: 0, apply: (options) => (options.alphabetic = true) }],
  ['BY', { operands: 1, apply: (options, args, i) => (options.by = args.text(i)) }],
  ['GET', { operands: 1, apply: (options, args, i) => options.get.push(args.text(i)) }],
  ['STORE', { operands: 1, apply: (options, args, i) => (options.store = args.text(i)) }],
  [
    'LIMIT',
    {
      operands: 2,
      apply: (options, args, i) => {
        options.offset = integerAt(args, i);
        options.count = integerAt(args, i + 1);
      },
    },
  ],
]);

/** @throws ReplyError */
function parseSort(session: Session, args: Args, mayStore: boolean): SortOptions {
  const options: SortOptions = {
    by: undefined,
    get: [],
    offset: 0,
    count: -1,
    descending: false,
    alphabetic: false,
    store: undefined,
  };
  for (let i = 2; i < args.length; i++) {
    const word = args.word(i);
    const option = OPTIONS.get(word);
    if (option === undefined || i + option.operands >= args.length || (word === 'STORE' && !mayStore)) {
      throw new ReplyError(errors.SYNTAX.text);
    }
    if (session.engine.cluster !== undefined && reachesElsewhere(word, args, i + 1)) {
      throw new ReplyError(`ERR ${word} option of SORT denied in Cluster mode.`);
    }
    if ((word === 'BY' || word === 'GET') && !session.user.mayUseAllKeys) throw new ReplyError(errors.sortDenied(word));
    option.apply(options, args, i + 1);
    i += option.operands;
  }
  return options;
}

/** Keys that the arguments do not name may lie on any node. */
function reachesElsewhere(word: string, args: Args, i: number): boolean {
  return word === 'GET' || (word === 'BY' && args.text(i).includes('*'));
}

/** In their own order. @throws ReplyError */
function elementsAt(session: Session, key: string): string[] {
  const value = session.database.get(key);
  switch (value?.type) {
    case undefined:
      return [];
    case 'list':
      return value.slice();
    case 'set':
    case 'zset':
      return value.inOrder();
    default:
      throw new ReplyError(errors.WRONG_TYPE.text);
  }
}

const PATTERN = /^([^*]*)\*(.*?)(?:->(.+))?$/s;

/** What the pattern finds for an element. */
function lookUp(session: Session, pattern: string, element: string): string | undefined {
  if (pattern === '#') return element;
  const parts = PATTERN.exec(pattern);
  if (parts === null) return undefined;
  const [, before, after, field] = parts as unknown as [string, string, string, string | undefined];
  const value = session.database.get(before + element + after);
  if (field !== undefined) return value?.type === 'hash' ? value.get(field) : undefined;
  return value?.type === 'string' ? value.text : undefined;
}

/** As strtod: nothing at all is 0. @throws ReplyError */
function weightOf(text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  const weight = parseFloat64(text);
  if (weight === undefined) throw new ReplyError("ERR One or more scores can't be converted into double");
  return weight;
}

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** Where the weights are the same numbers, the elements decide; where a weight is missing, it comes first. */
function compareWeighed(a: Weighed, b: Weighed): number {
  if (typeof a.weight === 'number') return compare(a.weight, b.weight as number) || compare(a.element, b.element);
  if (a.weight === undefined || b.weight === undefined) {
    return Number(a.weight !== undefined) - Number(b.weight !== undefined);
  }
  return compare(a.weight, b.weight as string);
}

function sorted(session: Session, elements: readonly string[], options: SortOptions): string[] {
  const { by, alphabetic, descending } = options;
  const weighed = elements.map((element): Weighed => {
    const text = by === undefined ? element : lookUp(session, by, element);
    return { element, weight: alphabetic ? text : weightOf(text) };
  });
  const direction = descending ? -1 : 1;
  return weighed.sort((a, b) => direction * compareWeighed(a, b)).map(({ element }) => element);
}

/** BY a pattern that is the same for all asks for the order that there is; a set has one only if it is sorted. */
function inOrder(session: Session, key: string, options: SortOptions): string[] {
  const elements = elementsAt(session, key);
  const isSorted = options.by === undefined || options.by.includes('*');
  if (isSorted) return sorted(session, elements, options);
  if (session.database.get(key)?.type !== 'set') return options.descending ? elements.reverse() : elements;
  const mustBeTheSame = options.store !== undefined || session.caller === 'script';
  return mustBeTheSame ? sorted(session, elements, { ...options, by: undefined, alphabetic: true }) : elements;
}

function limited(elements: readonly string[], { offset, count }: SortOptions): readonly string[] {
  const from = Math.max(0, offset);
  return elements.slice(from, count < 0 ? undefined : from + count);
}

function sort(session: Session, args: Args, mayStore: boolean): Reply {
  const options = parseSort(session, args, mayStore);
  const elements = limited(inOrder(session, args.text(1), options), options);
  const { get, store } = options;
  const replies =
    get.length === 0
      ? elements
      : elements.flatMap((element) => get.map((pattern) => lookUp(session, pattern, element) ?? null));
  if (store === undefined) return replies;
  const list = new ListValue();
  for (const reply of replies) list.pushRight(reply ?? '');
  return storeResult(session, store, list);
}

/** The key, and that of the last STORE. */
function sortKeys(args: Args): readonly number[] {
  let stored: number | undefined;
  for (let i = 2; i < args.length - 1; i++) {
    if (args.is(i, 'STORE')) stored = i + 1;
    i += OPTIONS.get(args.word(i))?.operands ?? 0;
  }
  return stored === undefined ? [1] : [1, stored];
}

const CATEGORIES = ['set', 'sortedset', 'list'];

export const SORT_COMMANDS: readonly Command[] = [
  define('sort', -2, 'write denyoom movablekeys', ONE_KEY, (session, args) => sort(session, args, true), {
    categories: [...CATEGORIES, 'dangerous'],
    keysIn: sortKeys,
  }),
  define('sort_ro', -2, 'readonly movablekeys', ONE_KEY, (session, args) => sort(session, args, false), {
    categories: [...CATEGORIES, 'dangerous'],
    keysIn: () => [1],
  }),
];
