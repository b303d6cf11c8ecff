// What an engine answers: the shapes of RESP, failures included. Nothing of it is believed before score.ts has looked at it.

import { scrubForeign } from '../../core/card-numbers.ts';
import { messageOf } from '../../core/errors.ts';
import type { KeyList } from './key-list.ts';
import type { SoundReply } from './sound-reply.ts';

/** `Error` is an error reply, or what became of the connection before a reply came. */
export type Reply = Buffer | string | number | null | undefined | Error | SoundReply | KeyList | readonly Reply[];

/** A short, printable account of a reply that should not have come. */
export function describeReply(reply: Reply): string {
  if (reply instanceof Error) return messageOf(reply);
  if (Buffer.isBuffer(reply)) return `${reply.length} bytes`;
  if (Array.isArray(reply))
    return `[${reply
      .slice(0, 10)
      .map((item: Reply) => describeReply(item))
      .join(', ')}]`;
  return reply === undefined ? 'nothing' : scrubForeign(JSON.stringify(reply));
}
