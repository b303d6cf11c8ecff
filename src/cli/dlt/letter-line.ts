// A dead letter on one line, for people and for programs.
import type { DeadLetter } from '../../contracts/dead-letter.ts';
import { scrubForeign } from '../../core/card-numbers.ts';
import { sourceOf, transactionIdOf, type StoredLetter } from './stored-letter.ts';

interface Column {
  readonly name: string;
  readonly width: number;
  readonly text: (stored: StoredLetter, wasReplayed: boolean) => string;
}

const COLUMNS: readonly Column[] = [
  { name: 'position', width: 10, text: ({ position }) => position },
  { name: 'source', width: 24, text: sourceOf },
  { name: 'time', width: 20, text: ({ record }) => timeText(record.timestamp) },
  { name: 'stage', width: 9, text: ({ letter }) => letter.stage },
  { name: 'class', width: 18, text: ({ letter }) => letter.errorClass },
  { name: 'attempts', width: 8, text: ({ letter }) => String(letter.attempts) },
  { name: 'replayed', width: 8, text: (_, wasReplayed) => (wasReplayed ? 'yes' : '-') },
  { name: 'transaction', width: 16, text: (stored) => shownId(stored) ?? '-' },
  { name: 'reason', width: 0, text: ({ letter }) => onOneLine(scrubForeign(letter.reason)) },
];

const lineOf = (texts: readonly string[]): string =>
  texts.map((text, index) => text.padEnd(COLUMNS[index]!.width)).join('  ');

export const letterHeading = lineOf(COLUMNS.map(({ name }) => name));

export function letterLine(stored: StoredLetter, wasReplayed: boolean): string {
  return lineOf(COLUMNS.map(({ text }) => text(stored, wasReplayed)));
}

/** What `--json` prints, one object a line. */
export function letterObject(stored: StoredLetter, wasReplayed: boolean): object {
  const { position, record, letter } = stored;
  const transactionId = shownId(stored) ?? null;
  return { position, time: timeText(record.timestamp), ...shownFacts(letter), transactionId, replayed: wasReplayed };
}

/** Without what others may have written into them. */
export const shownFacts = (letter: DeadLetter): DeadLetter => ({
  ...letter,
  reason: scrubForeign(letter.reason),
  origin: scrubForeign(letter.origin),
});

/** What is shown may be kept or sent on: what a record holds as it came is told by its topic only. */
function shownId(stored: StoredLetter): string | undefined {
  const id = transactionIdOf(stored);
  return id === undefined ? undefined : scrubForeign(id);
}

/** To the second, as ISO writes it. */
export function timeText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** A reason may quote a peer, whose control characters are not for this terminal. */
function onOneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
