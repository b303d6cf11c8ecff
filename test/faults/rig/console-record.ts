// What Kafka's own console consumer prints of a record, read back. It alone is believed about what is committed: kafkajs
// shows aborted records where two aborted Kafka transactions overlap in a partition.
//   Partition:<n> US Offset:<n> US <name>:<text> GS <name>:<text> … | NO_HEADERS US <value, bytes escaped> RS
import { decodeFraudScore, type FraudScore } from '../../../src/contracts/fraud-score.ts';
import { parseDeadLetterHeaders, type DeadLetter } from '../../../src/contracts/dead-letter.ts';

export const FIELD_END = '\u001f';
export const HEADER_END = '\u001d';
export const RECORD_END = '\u001e';

/** Arguments that make the console consumer print so. */
export const FORMAT_ARGUMENTS: readonly string[] = [
  'print.partition=true',
  'print.offset=true',
  'print.headers=true',
  `key.separator=${FIELD_END}`,
  `headers.separator=${HEADER_END}`,
  `line.separator=${RECORD_END}`,
  'value.deserializer=org.apache.kafka.common.serialization.BytesDeserializer',
].flatMap((property) => ['--formatter-property', property]);

export type OutputRecord = {
  /** Of the output topic. */
  readonly partition: number;
  readonly offset: number;
  /** When this process saw it, milliseconds since 1970. */
  readonly readMs: number;
} & (
  | { readonly kind: 'score'; readonly score: FraudScore }
  | { readonly kind: 'dead-letter'; readonly letter: DeadLetter; readonly payload: Buffer }
);

export function parseConsoleRecord(text: string, readMs: number): OutputRecord {
  const [partition, offset, headers, ...rest] = text.split(FIELD_END);
  const place = { partition: numberAfter('Partition:', partition), offset: numberAfter('Offset:', offset), readMs };
  const value = unescapeBytes(rest.join(FIELD_END));
  const letter = parseDeadLetterHeaders(parseHeaders(headers ?? ''));
  if (letter !== undefined) return { ...place, kind: 'dead-letter', letter, payload: value };
  return { ...place, kind: 'score', score: decodeFraudScore(value) };
}

function numberAfter(word: string, text: string | undefined): number {
  const digits = text?.trim().slice(word.length) ?? '';
  if (text?.trim().startsWith(word) !== true || !/^\d+$/.test(digits)) throw new Error(`no ${word} in ${String(text)}`);
  return Number(digits);
}

function parseHeaders(text: string): Record<string, string> {
  const pairs = text.split(HEADER_END).map((pair) => {
    const colon = pair.indexOf(':');
    return [pair.slice(0, colon), pair.slice(colon + 1)] as const;
  });
  return Object.fromEntries(pairs);
}

/** The inverse of Kafka's Bytes.toString: printable ASCII as it is, everything else and the backslash as \xNN. */
export function unescapeBytes(text: string): Buffer {
  const latin1 = text.replaceAll(/\\x([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(latin1, 'latin1');
}
