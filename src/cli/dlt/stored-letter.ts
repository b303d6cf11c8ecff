// A dead letter as it lies on its topic, read for a person: its place, its headers, and what can be known of its transaction.
import type { KafkaConfig } from 'kafkajs';
import { parseDeadLetterHeaders, type DeadLetter } from '../../contracts/dead-letter.ts';
import { decodeTransaction, type Transaction } from '../../contracts/transaction.ts';
import { messageOf } from '../../core/errors.ts';
import { readTopic, type Reading, type TopicRecord } from '../topic-reader.ts';

export interface StoredLetter {
  /** partition:offset on the dead letter topic. */
  readonly position: string;
  readonly record: TopicRecord;
  readonly letter: DeadLetter;
}

/** Hands over each dead letter of the topic; what is none is passed over, and counted. @returns how many were none */
export async function readLetters(
  config: KafkaConfig,
  topic: string,
  onLetter: (letter: StoredLetter) => Promise<void> | void,
  reading: Reading,
): Promise<number> {
  let others = 0;
  const onRecord = async (record: TopicRecord): Promise<void> => {
    const letter = parseDeadLetterHeaders(record.headers);
    if (letter === undefined) others++;
    else await onLetter({ position: `${record.partition}:${record.offset}`, record, letter });
  };
  await readTopic(config, topic, onRecord, reading);
  return others;
}

export const sourceOf = ({ letter }: StoredLetter): string =>
  `${letter.sourceTopic}:${letter.sourcePartition}:${letter.sourceOffset}`;

/** The transaction, or in words why the bytes are none. */
export function decoded({ record, letter }: StoredLetter): Transaction | string {
  if (letter.payloadTruncated) return `cut after ${record.value?.length ?? 0} of ${letter.payloadBytes} bytes`;
  try {
    return decodeTransaction(record.value);
  } catch (error) {
    return messageOf(error);
  }
}

/** From the value, else from the key, which is the transaction's id too; undefined where neither is text. */
export function transactionIdOf(stored: StoredLetter): string | undefined {
  const transaction = decoded(stored);
  if (typeof transaction !== 'string') return transaction.transactionId;
  const key = stored.record.key?.toString() ?? '';
  return key === '' || key.length > 128 || /[\p{Cc}\uFFFD]/u.test(key) ? undefined : key;
}
