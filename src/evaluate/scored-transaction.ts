// What an evaluation takes from a score: the score itself, and whatever else stands beside it.
import type { FraudScore } from '../contracts/fraud-score.ts';

/** A published score, or what another scorer wrote with as few fields as it has. */
export type ScoredTransaction = Pick<FraudScore, 'score'> & Partial<FraudScore>;

type Check = readonly [field: keyof FraudScore, isRight: (value: unknown) => boolean, expected: string];

const isNumber = (value: unknown): boolean => Number.isFinite(value);
const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1;
const isText = (value: unknown): boolean => typeof value === 'string';
const isLabel = (value: unknown): boolean => value === 0 || value === 1 || value === null;

/** The fields that are looked at; all but the score may be absent. */
const CHECKS: readonly Check[] = [
  ['score', isShare, 'a number from 0 to 1'],
  ['label', isLabel, '0, 1 or null'],
  ['threshold', isShare, 'a number from 0 to 1'],
  ['sourceTimestamp', isNumber, 'a number'],
  ['scoredAt', isNumber, 'a number'],
  ['sourceTopic', isText, 'text'],
  ['sourcePartition', isNumber, 'a number'],
  ['sourceOffset', isNumber, 'a number'],
  ['modelDigest', isText, 'text'],
];

/** What keeps something that was decoded from being a ScoredTransaction, in words; undefined where nothing does. */
export function scoreFault(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is no JSON object';
  const fields = value as Readonly<Record<string, unknown>>;
  const wrong = CHECKS.find(([field, isRight]) => {
    const given = fields[field];
    return !isRight(given) && (given !== undefined || field === 'score');
  });
  return wrong === undefined ? undefined : `its ${wrong[0]} is not ${wrong[2]}`;
}

/** Where the transaction came from and who scored it, where the score says so. */
export function sourceOf({ sourceTopic, sourcePartition, modelDigest }: ScoredTransaction): string | undefined {
  if (sourceTopic === undefined || sourcePartition === undefined) return undefined;
  return `${modelDigest ?? ''} ${sourcePartition} ${sourceTopic}`;
}
