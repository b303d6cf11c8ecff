// Members with scores: a flat array in RESP2, pairs in RESP3.
import type { Reply } from '../resp/reply.ts';
import { double } from './numbers.ts';
import type { Session } from './session.ts';

export type Pair = readonly [member: string, score: number];

export function withScores(session: Session, pairs: readonly Pair[]): Reply {
  if (session.protocol === 3) return pairs.map(([member, score]) => [member, double(score)]);
  return pairs.flatMap(([member, score]) => [member, double(score)]);
}
