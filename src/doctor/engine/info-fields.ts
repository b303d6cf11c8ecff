// INFO's lines `name:value` by name.
import type { Reply } from '../../stream/engine/reply.ts';
import { textOf } from './engine-peer.ts';

/** Empty where this user may not ask. */
export function infoFields(reply: Reply): ReadonlyMap<string, string> {
  if (reply instanceof Error) return new Map();
  const lines = textOf(reply).split(/\r?\n/);
  const parted = lines.filter((line) => line.includes(':')).map((line) => [line, line.indexOf(':')] as const);
  return new Map(parted.map(([line, at]) => [line.slice(0, at), line.slice(at + 1)]));
}
