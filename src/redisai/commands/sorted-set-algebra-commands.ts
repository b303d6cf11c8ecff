// ZUNION, ZINTER, ZDIFF and their storing and counting forms. Plain sets count as sorted sets with score 1.
//
//   numkeys key [key …] [WEIGHTS weight …] [AGGREGATE SUM | MIN | MAX] [WITHSCORES]
import { SortedSetValue } from '../keyspace/sorted-set-value.ts';
import type { Args } from '../resp/args.ts';
import { ErrorReply, type Reply } from '../resp/reply.ts';
import { ReplyError, type Command } from './command.ts';
import { define, family, type Execute } from './define.ts';
import * as errors from './errors.ts';
import { countedKeys } from './key-positions.ts';
import { storeResult } from './lookup.ts';
import { floatAt, integerAt } from './numbers.ts';
import type { Session } from './session.ts';
import { withScores, type Pair } from './sorted-set-reply.ts';

type Operation = 'union' | 'inter' | 'diff';
type Aggregate = 'SUM' | 'MIN' | 'MAX';
type Scores = ReadonlyMap<string, number>;

interface AlgebraOptions {
  weights: number[] | undefined;
  aggregate: Aggregate;
  withScores: boolean;
}

/** Index of the first argument after the keys. @throws ReplyError */
function keysEnd(args: Args, countAt: number, name: string): number {
  const count = integerAt(args, countAt);
  if (count < 1) throw new ReplyError(`ERR at least 1 input key is needed for '${name}' command`);
  if (count > args.length - countAt - 1) throw new ReplyError(errors.SYNTAX.text);
  return countAt + 1 + count;
}

function scoresOf(session: Session, key: string): Scores {
  const value = session.database.get(key);
  if (value === undefined) return new Map();
  if (value.type === 'zset') return new Map(value.entries());
  if (value.type === 'set') return new Map(Array.from(value.members(), (member) => [member, 1]));
  throw new ReplyError(errors.WRONG_TYPE.text);
}

interface OptionRules {
  readonly operation: Operation;
  readonly stores: boolean;
}

function parseOptions(args: Args, from: number, keyCount: number, rules: OptionRules): AlgebraOptions | ErrorReply {
  const options: AlgebraOptions = { weights: undefined, aggregate: 'SUM', withScores: false };
  for (let i = from; i < args.length; i++) {
    const word = args.word(i);
    if (word === 'WEIGHTS' && rules.operation !== 'diff' && args.length - i > keyCount) {
      options.weights = Array.from({ length: keyCount }, (_, k) => floatAt(args, i + 1 + k, errors.WEIGHT_NOT_A_FLOAT));
      i += keyCount;
    } else if (word === 'AGGREGATE' && rules.operation !== 'diff' && i + 1 < args.length) {
      const aggregate = args.word(++i);
      if (aggregate !== 'SUM' && aggregate !== 'MIN' && aggregate !== 'MAX') return errors.SYNTAX;
      options.aggregate = aggregate;
    } else if (word === 'WITHSCORES' && !rules.stores) {
      options.withScores = true;
    } else {
      return errors.SYNTAX;
    }
  }
  return options;
}

function aggregated(a: number, b: number, aggregate: Aggregate): number {
  if (aggregate === 'MIN') return Math.min(a, b);
  if (aggregate === 'MAX') return Math.max(a, b);
  // Infinity and minus infinity add up to zero, as in Redis.
  return orZero(a + b);
}

const orZero = (score: number): number => (Number.isNaN(score) ? 0 : score);

function combine(operation: Operation, inputs: readonly Scores[], options: AlgebraOptions): SortedSetValue {
  const result = new SortedSetValue();
  const weighted = inputs.map((scores, i) => weigh(scores, options.weights?.[i] ?? 1));
  const [first, ...rest] = weighted as [Scores, ...Scores[]];
  if (operation === 'union') {
    for (const scores of weighted) {
      for (const [member, score] of scores) {
        const before = result.score(member);
        result.set(member, before === undefined ? score : aggregated(before, score, options.aggregate));
      }
    }
    return result;
  }
  for (const [member, score] of first) {
    if (operation === 'diff' && !rest.some((other) => other.has(member))) result.set(member, score);
    if (operation === 'inter' && rest.every((other) => other.has(member))) {
      result.set(
        member,
        rest.reduce((sum, other) => aggregated(sum, other.get(member)!, options.aggregate), score),
      );
    }
  }
  return result;
}

function weigh(scores: Scores, weight: number): Scores {
  return new Map(Array.from(scores, ([member, score]) => [member, orZero(score * weight)]));
}

function run(session: Session, args: Args, countAt: number, name: string, rules: OptionRules) {
  const end = keysEnd(args, countAt, name);
  const inputs: Scores[] = [];
  for (let i = countAt + 1; i < end; i++) inputs.push(scoresOf(session, args.text(i)));
  const options = parseOptions(args, end, inputs.length, rules);
  if (options instanceof ErrorReply) return options;
  return { result: combine(rules.operation, inputs, options), withScores: options.withScores };
}

function replying(operation: Operation): Execute {
  return (session, args) => {
    const outcome = run(session, args, 1, `z${operation}`, { operation, stores: false });
    if (outcome instanceof ErrorReply) return outcome;
    const pairs: Pair[] = [];
    outcome.result.ordered.forRange(0, outcome.result.size, (member, score) => pairs.push([member, score]));
    return outcome.withScores ? withScores(session, pairs) : pairs.map(([member]) => member);
  };
}

function storing(operation: Operation): Execute {
  return (session, args) => {
    const outcome = run(session, args, 2, `z${operation}store`, { operation, stores: true });
    return outcome instanceof ErrorReply ? outcome : storeResult(session, args.text(1), outcome.result);
  };
}

// ZINTERCARD numkeys key [key …] [LIMIT limit]
function interCard(session: Session, args: Args): Reply {
  const end = keysEnd(args, 1, 'zintercard');
  const limit = parseLimit(args, end);
  const inputs: Scores[] = [];
  for (let i = 2; i < end; i++) inputs.push(scoresOf(session, args.text(i)));
  const [first, ...rest] = inputs as [Scores, ...Scores[]];
  let count = 0;
  for (const member of first.keys()) if (rest.every((other) => other.has(member))) count++;
  return limit === 0 ? count : Math.min(limit, count);
}

/** `[LIMIT limit]`; 0 for none. @throws ReplyError */
export function parseLimit(args: Args, at: number): number {
  if (at === args.length) return 0;
  if (args.length !== at + 2 || !args.is(at, 'LIMIT')) throw new ReplyError(errors.SYNTAX.text);
  const limit = integerAt(args, at + 1, errors.LIMIT_NEGATIVE);
  if (limit < 0) throw new ReplyError(errors.LIMIT_NEGATIVE.text);
  return limit;
}

const NO_FIXED_KEYS = { first: 0, last: 0, step: 0 };

const replies = (operation: Operation): Command =>
  define(`z${operation}`, -3, 'readonly movablekeys', NO_FIXED_KEYS, replying(operation), { keysIn: countedKeys(1) });

const stores = (operation: Operation): Command =>
  define(`z${operation}store`, -4, 'write denyoom movablekeys', { first: 1, last: 1, step: 1 }, storing(operation), {
    keysIn: countedKeys(2, [1]),
  });

export const SORTED_SET_ALGEBRA_COMMANDS: readonly Command[] = family('sortedset', [
  replies('union'),
  replies('inter'),
  replies('diff'),
  stores('union'),
  stores('inter'),
  stores('diff'),
  define('zintercard', -3, 'readonly movablekeys', NO_FIXED_KEYS, interCard, { keysIn: countedKeys(1) }),
]);
