// What becomes of a record: exactly one score or one dead letter.
import type { DeadLetter } from '../contracts/dead-letter.ts';
import { modelKey } from '../contracts/engine-keys.ts';
import type { FraudScore } from '../contracts/fraud-score.ts';
import type { Passenger } from './decode.ts';
import type { EngineIdentity } from './engine/engine.ts';
import { POLICIES, type Policy } from './policy.ts';
import type { RecordFault } from './record-fault.ts';
import type { DeviceScores } from './score.ts';
import type { SourceRecord } from './source-record.ts';

export type Outcome =
  | { readonly kind: 'score'; readonly record: SourceRecord; readonly score: FraudScore }
  | { readonly kind: 'dead-letter'; readonly record: SourceRecord; readonly letter: DeadLetter };

export interface OutcomeOptions {
  readonly tag: string;
  readonly devices: readonly string[];
  readonly threshold: number;
  readonly policy: Policy;
}

/** What all scores of a consumer have in common. */
export interface ScoreFrame {
  readonly threshold: number;
  readonly policy: Policy;
  readonly deviceA: string;
  readonly modelKeyA: string;
  readonly deviceB: string;
  readonly modelKeyB: string;
}

export function scoreFrame({ tag, devices, threshold, policy }: OutcomeOptions): ScoreFrame {
  const [deviceA, deviceB] = devices as [string, string];
  return { threshold, policy, deviceA, modelKeyA: modelKey(tag, deviceA), deviceB, modelKeyB: modelKey(tag, deviceB) };
}

/** So many references the transaction has, of which so many still hold something. */
export function scoreOutcome(
  { record, transaction }: Passenger,
  scores: DeviceScores,
  [references, present]: readonly [number, number],
  { modelDigest }: EngineIdentity,
  { threshold, policy, deviceA, modelKeyA, deviceB, modelKeyB }: ScoreFrame,
): Outcome {
  const published = nineDigits(POLICIES[policy](scores));
  const score: FraudScore = {
    transactionId: transaction.transactionId,
    time: transaction.time,
    amount: transaction.amount,
    score: published,
    fraud: published >= threshold,
    threshold,
    policy,
    deviceA,
    scoreA: nineDigits(scores.scoreA),
    modelKeyA,
    deviceB,
    scoreB: nineDigits(scores.scoreB),
    modelKeyB,
    disagreement: nineDigits(Math.abs(scores.scoreA - scores.scoreB)),
    modelDigest,
    referenceCount: present,
    referencesMissing: references - present,
    sourceTopic: record.topic,
    sourcePartition: record.partition,
    sourceOffset: record.offset,
    sourceTimestamp: record.timestamp,
    scoredAt: Date.now(),
    label: transaction.label,
  };
  return { kind: 'score', record, score };
}

/** The model answers in float32: of the digits of a double behind the ninth decimal none means anything. */
function nineDigits(probability: number): number {
  return Math.round(probability * 1e9) / 1e9;
}

export function deadLetterOutcome(record: SourceRecord, fault: RecordFault, identity?: EngineIdentity): Outcome {
  const letter: DeadLetter = {
    sourceTopic: record.topic,
    sourcePartition: record.partition,
    sourceOffset: String(record.offset),
    sourceTimestamp: String(record.timestamp),
    stage: fault.stage,
    errorClass: fault.errorClass,
    reason: fault.reason,
    attempts: fault.attempts + (record.replayedFrom?.attempts ?? 0),
    origin: record.replayedFrom?.origin ?? '',
    modelDigest: identity?.modelDigest ?? 'none',
    payloadBytes: record.value?.length ?? 0,
    payloadTruncated: false,
  };
  return { kind: 'dead-letter', record, letter };
}
