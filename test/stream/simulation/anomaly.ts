// The promises of delivery, asked of a simulated run that is over: by what lies committed on the output topics.
import { parseDeadLetterHeaders } from '../../../src/contracts/dead-letter.ts';
import { decodeFraudScore } from '../../../src/contracts/fraud-score.ts';
import type { Written } from './broker.ts';
import { PROVISIONED, scoreOf } from './engine.ts';
import { referencesSeen } from './expected-history.ts';
import type { World } from './world.ts';

/** From this attempt on, a record that alone fails is given up (settle.ts). */
const ATTEMPTS_MIN_OF_GIVING_UP = 5;

export function findAnomaly(world: World, isFinished: boolean): { anomaly: string | undefined; duplicates: number } {
  const seen = new Map<number, number>();
  const anomalies: string[] = world.defects.map((defect) => `a defect: ${String(defect)}`);
  const latest: Record<string, number> = {};
  const isExact = world.options.delivery === 'exactly-once';
  for (const written of world.broker.log) {
    if (!written.isCommitted) continue;
    const offset = judge(world, written, anomalies);
    seen.set(offset, (seen.get(offset) ?? 0) + 1);
    if (isExact && offset < (latest[written.topic] ?? -1)) anomalies.push(`offset ${offset} out of order`);
    latest[written.topic] = offset;
  }
  for (const { offset } of world.input.records) if (!seen.has(offset)) anomalies.push(`offset ${offset} lost`);
  const duplicates = [...seen.values()].reduce((sum, count) => sum + count - 1, 0);
  if (isExact && duplicates > 0) anomalies.push(`${duplicates} duplicate`);
  if (!isFinished) anomalies.push('no end in sight after the faults were over');
  return { anomaly: anomalies.length === 0 ? undefined : anomalies.slice(0, 3).join('; '), duplicates };
}

/** @returns the offset of the input it is the outcome of */
function judge(world: World, { topic, message }: Written, anomalies: string[]): number {
  const { input } = world;
  if (topic === 'scores') {
    const { sourceOffset: offset, score, modelDigest } = decodeFraudScore(message.value as Buffer);
    const references = world.history ? referencesSeen(world, offset) : PROVISIONED;
    const expected = scoreOf(offset, Number(modelDigest), references);
    if (input.kinds[offset] !== 'good' || score !== expected) anomalies.push(`offset ${offset} has the score ${score}`);
    return offset;
  }
  const { sourceOffset, errorClass, attempts } = parseDeadLetterHeaders(message.headers!)!;
  const offset = Number(sourceOffset);
  if (!isDeserved(input.kinds[offset]!, errorClass, attempts)) anomalies.push(`offset ${offset} is ${errorClass}`);
  return offset;
}

function isDeserved(kind: string, errorClass: string, attempts: number): boolean {
  if (kind === 'poison') return errorClass === 'not-single-object';
  if (kind === 'unscorable' && errorClass === 'operation-failed') return true;
  // Answered TIMEDOUT or OOM time and again while its neighbours were answered well.
  return ['timed-out', 'reply-shape', 'dag-refused'].includes(errorClass) && attempts >= ATTEMPTS_MIN_OF_GIVING_UP;
}
