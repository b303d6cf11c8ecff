// A dead letter that was put back on the transactions topic: key and value as they first came, and headers that say so.
import { headerText, type DeadLetter } from './dead-letter.ts';

export interface ReplayedFrom {
  /** How often it was tried before it was replayed. */
  readonly attempts: number;
  /** Where the record first stood: topic:partition:offset. */
  readonly origin: string;
}

/** `letterPosition` is where the dead letter lies: topic:partition:offset. */
export function replayHeaders(letter: DeadLetter, letterPosition: string): Record<string, string> {
  const first = `${letter.sourceTopic}:${letter.sourcePartition}:${letter.sourceOffset}`;
  return {
    replayOf: letterPosition,
    replayOrigin: letter.origin === '' ? first : letter.origin,
    replayAttempts: String(letter.attempts),
  };
}

/** Undefined where the record was not replayed, or its headers were not written by `replayHeaders`. */
export function parseReplayHeaders(headers: Readonly<Record<string, unknown>>): ReplayedFrom | undefined {
  if (headers['replayOf'] === undefined) return undefined;
  const attempts = headerText(headers['replayAttempts']);
  if (!/^\d{1,6}$/.test(attempts)) return undefined;
  return { attempts: Number(attempts), origin: headerText(headers['replayOrigin']) };
}
