// Reads a stretch of a partition again, for the history of it that an engine lacks: outside of any group, so that the offsets of the
// consumer's group are left alone.
import type { Kafka, KafkaMessage } from 'kafkajs';
import { parseDeadLetterHeaders } from '../../contracts/dead-letter.ts';
import { throwIfAbandoned } from '../backoff.ts';
import type { TopicTail } from '../history/live-history.ts';
import type { SourceRecord } from '../source-record.ts';
import { FETCH_BYTES, fetchRecords } from './fetch-records.ts';
import { PatientAdmin } from './patient-admin.ts';
import { sourceRecord } from './source.ts';

interface Stretch {
  readonly topic: string;
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

type Take = (messages: readonly KafkaMessage[]) => Promise<void> | void;

export class KafkaTopicTail implements TopicTail {
  readonly #kafka: Kafka;
  readonly #transactionsTopic: string;
  readonly #deadLetterTopic: string;

  constructor(kafka: Kafka, topics: { readonly transactionsTopic: string; readonly deadLetterTopic: string }) {
    this.#kafka = kafka;
    this.#transactionsTopic = topics.transactionsTopic;
    this.#deadLetterTopic = topics.deadLetterTopic;
  }

  async deadLetters(partition: number, from: number, to: number, signal: AbortSignal): Promise<ReadonlySet<number>> {
    const offsets = new Set<number>();
    const whole = { topic: this.#deadLetterTopic, partition, from: 0, to: Number.POSITIVE_INFINITY };
    await this.#read(whole, signal, (messages) => {
      for (const { headers } of messages) {
        const letter = parseDeadLetterHeaders(headers ?? {});
        if (letter?.sourceTopic !== this.#transactionsTopic || letter.sourcePartition !== partition) continue;
        const offset = Number(letter.sourceOffset);
        if (offset >= from && offset < to) offsets.add(offset);
      }
    });
    return offsets;
  }

  records(
    partition: number,
    from: number,
    to: number,
    take: (records: readonly SourceRecord[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const topic = this.#transactionsTopic;
    return this.#read({ topic, partition, from, to }, signal, (messages) =>
      take(messages.map((message) => sourceRecord({ topic, partition }, message))),
    );
  }

  /** Over when all of the stretch that is still on the topic was taken. */
  async #read({ topic, partition, from, to }: Stretch, signal: AbortSignal, take: Take): Promise<void> {
    const admin = new PatientAdmin(() => this.#kafka.admin());
    try {
      const ends = await admin.ask(topic, (open) => open.fetchTopicOffsets(topic));
      const bounds = ends.find((one) => one.partition === partition);
      const end = Math.min(to, Number(bounds?.high ?? 0));
      for (let offset = Math.max(from, Number(bounds?.low ?? 0)); offset < end;) {
        throwIfAbandoned(signal);
        const place = { topic, partition, offset, maxBytes: FETCH_BYTES };
        const { messages, nextOffset } = await admin.ask(topic, (open) => fetchRecords(open, place));
        if (nextOffset <= offset) return;
        const wanted = messages.filter((message) => Number(message.offset) < end);
        if (wanted.length > 0) await take(wanted);
        offset = nextOffset;
      }
    } finally {
      await admin.close();
    }
  }
}
