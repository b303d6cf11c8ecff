// What ends a batch whose history in the engine is not the one it has to be scored on: the partition is taken over anew.
import type { Mark } from './mark.ts';

export class HistoryMoved extends Error {
  constructor(expected: Mark, found: Mark | undefined) {
    const [there, wanted] = [found === undefined ? 'nowhere' : inWords(found), inWords(expected)];
    super(`the history in the engine reaches to ${there}, and not to ${wanted}`);
    this.name = 'HistoryMoved';
  }
}

/** Two of the same reach may be two beginnings. */
const inWords = ({ next, beginning }: Mark): string => `${next} (begun as ${beginning})`;
