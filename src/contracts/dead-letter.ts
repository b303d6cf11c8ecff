// A dead letter: the source record's value and key as they came, and in headers where it came from and why it is here.
// schemas/dead-letter.avsc is the contract: every field but `payload` is a header of that name, as text.
import { scrubText } from '../core/card-numbers.ts';
import { CONTRACT_ERRORS } from './contract-error.ts';

export const DEAD_LETTER_STAGES = ['decode', 'reference', 'score'] as const;
export type DeadLetterStage = (typeof DEAD_LETTER_STAGES)[number];

/** Everything that can be wrong with one record, by stage. */
export const DEAD_LETTER_ERRORS = {
  ...CONTRACT_ERRORS,
  'lookup-refused': 'the engine refused the reference lookup of this record',
  'operation-failed': 'an operation of the DAG failed on this record',
  'dag-refused': 'the engine refused the DAG of this record',
  'reply-shape': 'the engine answered with something that is no result of the DAG',
  'timed-out': 'the engine gives up on the DAG of this record, however often it is asked',
  'score-not-finite': 'the model answered with NaN or infinity',
  'score-out-of-range': 'the model answered with something outside 0 to 1',
} as const;
export type DeadLetterErrorClass = keyof typeof DEAD_LETTER_ERRORS;

export interface DeadLetter {
  readonly sourceTopic: string;
  readonly sourcePartition: number;
  /** Decimal digits. */
  readonly sourceOffset: string;
  /** Milliseconds since 1970, decimal digits. */
  readonly sourceTimestamp: string;
  readonly stage: DeadLetterStage;
  readonly errorClass: DeadLetterErrorClass;
  readonly reason: string;
  /** How often scoring it was tried, before it was replayed too. */
  readonly attempts: number;
  /** Where the record first stood (topic:partition:offset), where it had been replayed; else empty. */
  readonly origin: string;
  readonly modelDigest: string;
  /** Length of the value before it was cut. */
  readonly payloadBytes: number;
  readonly payloadTruncated: boolean;
}

/** A reason may quote a peer's words; they are bounded, so that headers stay small. */
const REASON_CHARS_MAX = 500;

export function deadLetterHeaders(letter: DeadLetter): Record<string, string> {
  // Of what others may have written only: a moment in milliseconds may look like a card number too.
  const shown = { ...letter, reason: scrubText(letter.reason), origin: scrubText(letter.origin) };
  const headers = Object.entries(shown).map(([name, value]) => [name, String(value).slice(0, REASON_CHARS_MAX)]);
  return Object.fromEntries(headers) as Record<string, string>;
}

/** The inverse, for readers of the topic; undefined where the headers are not a dead letter's. */
export function parseDeadLetterHeaders(headers: Readonly<Record<string, unknown>>): DeadLetter | undefined {
  const text = (name: keyof DeadLetter): string => headerText(headers[name]);
  const [stage, errorClass] = [text('stage'), text('errorClass')];
  if (!isStage(stage) || !isErrorClass(errorClass)) return undefined;
  return {
    sourceTopic: text('sourceTopic'),
    sourcePartition: Number(text('sourcePartition')),
    sourceOffset: text('sourceOffset'),
    sourceTimestamp: text('sourceTimestamp'),
    stage,
    errorClass,
    reason: text('reason'),
    attempts: Number(text('attempts')),
    origin: text('origin'),
    modelDigest: text('modelDigest'),
    payloadBytes: Number(text('payloadBytes')),
    payloadTruncated: text('payloadTruncated') === 'true',
  };
}

function isStage(text: string): text is DeadLetterStage {
  return (DEAD_LETTER_STAGES as readonly string[]).includes(text);
}

function isErrorClass(text: string): text is DeadLetterErrorClass {
  return Object.hasOwn(DEAD_LETTER_ERRORS, text);
}

export function headerText(value: unknown): string {
  return Buffer.isBuffer(value) || typeof value === 'string' ? value.toString() : '';
}
