// Which arguments of a command are keys: for access rules and COMMAND GETKEYS.
import type { Args } from '../resp/args.ts';
import type { ErrorReply } from '../resp/reply.ts';
import type { Command } from './command.ts';
import { KEYS_ARITY } from './errors.ts';

/** Positions of the keys; an error where the arguments do not say. */
export function keyPositions(command: Command, args: Args): readonly number[] | ErrorReply {
  if (command.keysIn !== undefined) return command.keysIn(args);
  const { first, last, step } = command.keys;
  if (first === 0) return [];
  const end = last < 0 ? args.length + last : last;
  const positions: number[] = [];
  for (let i = first; i <= end && i < args.length; i += step) positions.push(i);
  return positions;
}

/** For `… numkeys key [key …] …`: the count stands at `countAt`; `before` are positions of further keys. */
export function countedKeys(countAt: number, before: readonly number[] = []): NonNullable<Command['keysIn']> {
  return (args) => {
    const count = countAt < args.length ? Number(args.text(countAt)) : NaN;
    if (!Number.isInteger(count) || count < 1 || countAt + count >= args.length) return KEYS_ARITY;
    return [...before, ...Array.from({ length: count }, (_, i) => countAt + 1 + i)];
  };
}
