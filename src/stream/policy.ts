// Part of step 5 of the road: which of a DAG's three answers is published as the score.
import type { DeviceScores } from './score.ts';

/**
 * average: what post_processing makes of both; champion: what the first device says, the second one only being carried
 * along; max: whichever is more suspicious.
 */
export type Policy = 'average' | 'champion' | 'max';

export const POLICIES: Readonly<Record<Policy, (scores: DeviceScores) => number>> = {
  average: ({ score }) => score,
  champion: ({ scoreA }) => scoreA,
  max: ({ scoreA, scoreB }) => Math.max(scoreA, scoreB),
};
