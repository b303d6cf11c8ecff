// Which dead letters a command is about: by position, or by what they are.
import { closestWord } from '../../config/closest-word.ts';
import type { Settings } from '../../config/settings.ts';
import { DEAD_LETTER_ERRORS, DEAD_LETTER_STAGES } from '../../contracts/dead-letter.ts';
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import type { StoredLetter } from './stored-letter.ts';

export type LetterFilter = (letter: StoredLetter) => boolean;

type FilterSettings = Pick<Settings, 'stage' | 'errorClass' | 'since' | 'until' | 'sourcePartition'>;

/** True for a letter that fits every setting that is given, and one of `positions` where there are any. */
export function letterFilter(settings: FilterSettings, positions: readonly string[] = []): LetterFilter {
  const { stage, errorClass, since = -Infinity, until = Infinity, sourcePartition } = settings;
  refuseUnknown('--stage', stage, DEAD_LETTER_STAGES);
  refuseUnknown('--error', errorClass, Object.keys(DEAD_LETTER_ERRORS));
  const wanted = new Set(positions.map(checkedPosition));
  return ({ position, letter, record: { timestamp } }) =>
    (wanted.size === 0 || wanted.has(position)) &&
    (stage === undefined || letter.stage === stage) &&
    (errorClass === undefined || letter.errorClass === errorClass) &&
    (sourcePartition === undefined || letter.sourcePartition === sourcePartition) &&
    timestamp >= since &&
    timestamp < until;
}

/** partition:offset, as the list shows it. @throws FraudstreamError */
export function checkedPosition(text: string): string {
  if (/^\d{1,9}:\d{1,15}$/.test(text)) return text;
  throw new FraudstreamError('POSITION_INVALID', `'${text}' is no position on the dead letter topic`, {
    next: 'give partition:offset, e.g. 2:17, as fraudstream dlt list shows it',
    exitCode: EXIT.usage,
  });
}

function refuseUnknown(flag: string, given: string | undefined, known: readonly string[]): void {
  if (given === undefined || known.includes(given)) return;
  const closest = closestWord(given, known);
  throw new FraudstreamError('FILTER_UNKNOWN', `${flag} '${given}' is not known`, {
    next: closest === undefined ? `one of: ${known.join(', ')}` : `did you mean '${closest}'?`,
    exitCode: EXIT.usage,
  });
}
