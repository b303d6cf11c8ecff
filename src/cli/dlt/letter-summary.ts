// Dead letters by stage and class: how many, how many were replayed, from when to when.
import { timeText } from './letter-line.ts';
import type { StoredLetter } from './stored-letter.ts';

interface Group {
  readonly stage: string;
  readonly errorClass: string;
  letters: number;
  replayed: number;
  oldest: number;
  newest: number;
}

export class LetterSummary {
  letters = 0;
  readonly #groups = new Map<string, Group>();

  add({ letter: { stage, errorClass }, record: { timestamp } }: StoredLetter, wasReplayed: boolean): void {
    this.letters++;
    const name = `${stage} ${errorClass}`;
    const empty = { stage, errorClass, letters: 0, replayed: 0, oldest: timestamp, newest: timestamp };
    const group = this.#groups.get(name) ?? empty;
    this.#groups.set(name, group);
    group.letters++;
    if (wasReplayed) group.replayed++;
    group.oldest = Math.min(group.oldest, timestamp);
    group.newest = Math.max(group.newest, timestamp);
  }

  /** The most frequent first. */
  lines(asJson: boolean): string[] {
    const groups = [...this.#groups.values()].sort((a, b) => b.letters - a.letters);
    return groups.map(asJson ? (group) => JSON.stringify(readable(group)) : groupLine);
  }
}

const readable = (group: Group): object => ({
  ...group,
  oldest: timeText(group.oldest),
  newest: timeText(group.newest),
});

function groupLine({ stage, errorClass, letters, replayed, oldest, newest }: Group): string {
  const replays = replayed === 0 ? '' : `, ${replayed} replayed`;
  return `${String(letters).padStart(8)}  ${stage.padEnd(9)}  ${errorClass.padEnd(18)}  ${timeText(oldest)} to ${timeText(newest)}${replays}`;
}
