// Outcomes as Kafka messages, in sends that a topic accepts. Part of step 6, publish.
import type { Message, TopicMessages } from 'kafkajs';
import { deadLetterHeaders } from '../../contracts/dead-letter.ts';
import { encodeFraudScore, type ScoreFormat } from '../../contracts/fraud-score.ts';
import type { Outcome } from '../outcome.ts';
import type { StreamTraces } from '../stream-traces.ts';
import { COMMIT_HEADER } from './commit-mark.ts';

export interface OutgoingOptions {
  readonly scoresTopic: string;
  readonly deadLetterTopic: string;
  readonly format: ScoreFormat;
}

/** What a record costs beside its key and value: lengths, offsets, headers. */
const RECORD_OVERHEAD_BYTES = 64;

/** Keyed by the transaction's id; the partition is the source's, so that each output partition has one writer. */
function scoreMessage(outcome: Extract<Outcome, { kind: 'score' }>, format: ScoreFormat): Message {
  const { score, record } = outcome;
  return { key: score.transactionId, value: encodeFraudScore(score, format), partition: record.partition };
}

/**
 * The source record as it came. One that would not fit is cut to `bytesMax`: its headers say so, and where the whole of
 * it lies. A key is kept whole or, where it is as long as that, left out.
 */
function deadLetterMessage(outcome: Extract<Outcome, { kind: 'dead-letter' }>, bytesMax: number): Message {
  const { record, letter } = outcome;
  const key = record.key !== null && record.key.length > bytesMax ? null : record.key;
  const left = Math.max(0, bytesMax - (key?.length ?? 0));
  const payloadTruncated = (record.value?.length ?? 0) > left;
  return {
    key,
    value: record.value?.subarray(0, left) ?? null,
    partition: record.partition,
    headers: deadLetterHeaders({ ...letter, payloadTruncated }),
  };
}

/** Where the transaction came from, in its outcome's headers too. */
function carryOn(message: Message, { record }: Outcome, traces: StreamTraces): void {
  message.headers = { ...message.headers, ...traces.headersOf(record) };
}

/**
 * One after the other, each with at most `bytesMax` a topic; all in one Kafka transaction. The last message of each topic bears
 * `commitHeader`, where there is one.
 */
export function sendsOf(
  outcomes: readonly Outcome[],
  options: OutgoingOptions,
  bytesMax: number,
  deadLetterBytesMax: number,
  commitHeader?: string,
  traces?: StreamTraces,
): TopicMessages[][] {
  const scores: Message[] = [];
  const deadLetters: Message[] = [];
  for (const outcome of outcomes) {
    if (outcome.kind === 'score') scores.push(scoreMessage(outcome, options.format));
    else deadLetters.push(deadLetterMessage(outcome, deadLetterBytesMax));
    if (traces !== undefined) carryOn((outcome.kind === 'score' ? scores : deadLetters).at(-1)!, outcome, traces);
  }
  for (const messages of [scores, deadLetters]) markLast(messages, commitHeader);
  const scoreSends = splitByBytes(scores, bytesMax);
  const deadLetterSends = splitByBytes(deadLetters, bytesMax);
  const count = Math.max(scoreSends.length, deadLetterSends.length);
  return Array.from({ length: count }, (_, index) => [
    ...topicMessages(options.scoresTopic, scoreSends[index]),
    ...topicMessages(options.deadLetterTopic, deadLetterSends[index]),
  ]);
}

function markLast(messages: Message[], commitHeader: string | undefined): void {
  const last = messages.pop();
  if (last === undefined) return;
  messages.push(
    commitHeader === undefined ? last : { ...last, headers: { ...last.headers, [COMMIT_HEADER]: commitHeader } },
  );
}

const topicMessages = (topic: string, messages: Message[] | undefined): TopicMessages[] =>
  messages === undefined ? [] : [{ topic, messages }];

function splitByBytes(messages: readonly Message[], bytesMax: number): Message[][] {
  const sends: Message[][] = [];
  let bytes = Infinity;
  for (const message of messages) {
    const size = sizeOf(message);
    if (bytes + size > bytesMax) {
      sends.push([]);
      bytes = 0;
    }
    sends.at(-1)!.push(message);
    bytes += size;
  }
  return sends;
}

function sizeOf({ key, value, headers }: Message): number {
  const headerBytes = Object.entries(headers ?? {}).reduce(
    (sum, [name, text]) => sum + name.length + String(text).length + 4,
    0,
  );
  return RECORD_OVERHEAD_BYTES + (key?.length ?? 0) + (value?.length ?? 0) + headerBytes;
}
