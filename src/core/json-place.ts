// Where a text stops being JSON: the parser quotes what it read, which is nobody's business.
import { wordsOf } from './errors.ts';

/** `position 12`, of what JSON.parse threw. */
export const jsonPlace = (thrown: unknown): string => /position \d+/.exec(wordsOf(thrown))?.[0] ?? 'its end';
