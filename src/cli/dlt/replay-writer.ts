// Puts dead letters back on the transactions topic, each once: the records and the note that they were replayed are one
// Kafka transaction. Opening takes the transactional id over, so that an older replay writes no more; only what is read
// after that says what was replayed (the consumer's order: fence, then read, then write).
import { Kafka, Partitioners, type KafkaConfig, type Message, type Producer, type Transaction } from 'kafkajs';
import { replayHeaders } from '../../contracts/replayed-record.ts';
import { EXIT, FraudstreamError, messageOf } from '../../core/errors.ts';
import { requirePatched } from '../../stream/kafka/require-patched.ts';
import { createReplayedTopic, replayedTopic } from './replayed-letters.ts';
import type { StoredLetter } from './stored-letter.ts';

export interface ReplayTopics {
  readonly transactionsTopic: string;
  readonly deadLetterTopic: string;
}

/** Bounds of one Kafka transaction. */
const LETTERS_MAX = 500;
const BYTES_MAX = 768 * 1024;
/** A new broker makes its transaction log at the first Kafka transaction ever, which takes it a second or two. */
const RETRY = { initialRetryTime: 50, retries: 12, maxRetryTime: 1_000 };

export class ReplayWriter {
  replayed = 0;
  readonly #producer: Producer;
  readonly #topics: ReplayTopics;
  #transaction: Transaction | undefined;
  #waiting: StoredLetter[] = [];
  #waitingBytes = 0;

  /** @throws FraudstreamError where Kafka does not let us */
  static async open(config: KafkaConfig, topics: ReplayTopics): Promise<ReplayWriter> {
    requirePatched();
    await createReplayedTopic(config, topics.deadLetterTopic);
    const producer = new Kafka({ ...config, retry: RETRY }).producer({
      transactionalId: `${topics.deadLetterTopic}.replay`,
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    try {
      await producer.connect();
      return new ReplayWriter(producer, topics, await producer.transaction());
    } catch (error) {
      await producer.disconnect();
      throw notReplayed(error);
    }
  }

  private constructor(producer: Producer, topics: ReplayTopics, transaction: Transaction) {
    this.#producer = producer;
    this.#topics = topics;
    this.#transaction = transaction;
  }

  /** Takes a dead letter; it is on its topic after the next `flush`, or when enough of them have come together. */
  async put(stored: StoredLetter): Promise<void> {
    const bytes = (stored.record.value?.length ?? 0) + (stored.record.key?.length ?? 0);
    if (this.#waiting.length === LETTERS_MAX || this.#waitingBytes + bytes > BYTES_MAX) await this.flush();
    this.#waiting.push(stored);
    this.#waitingBytes += bytes;
  }

  /** @throws FraudstreamError: what was in hand is not replayed, or noted as replayed; running again tells */
  async flush(): Promise<void> {
    const letters = this.#waiting;
    if (letters.length === 0) return;
    [this.#waiting, this.#waitingBytes] = [[], 0];
    const { transactionsTopic, deadLetterTopic } = this.#topics;
    try {
      this.#transaction ??= await this.#producer.transaction();
      await this.#transaction.sendBatch({
        acks: -1,
        topicMessages: [
          { topic: transactionsTopic, messages: letters.map((stored) => replayMessage(stored, deadLetterTopic)) },
          { topic: replayedTopic(deadLetterTopic), messages: letters.map((stored) => this.#note(stored)) },
        ],
      });
      await this.#transaction.commit();
    } catch (error) {
      throw notReplayed(error);
    }
    this.#transaction = undefined;
    this.replayed += letters.length;
  }

  async close(): Promise<void> {
    try {
      if (this.#transaction?.isActive() === true) await this.#transaction.abort();
    } catch {
      // The next replay's fence aborts it.
    }
    await this.#producer.disconnect();
  }

  #note({ position, letter }: StoredLetter): Message {
    return { key: position, value: `${this.#topics.transactionsTopic}:${letter.sourcePartition}`, partition: 0 };
  }
}

function replayMessage({ position, record, letter }: StoredLetter, deadLetterTopic: string): Message {
  const headers = replayHeaders(letter, `${deadLetterTopic}:${position}`);
  return { key: record.key, value: record.value, partition: letter.sourcePartition, headers };
}

function notReplayed(cause: unknown): FraudstreamError {
  return new FraudstreamError('REPLAY_FAILED', `dead letters could not be replayed: ${messageOf(cause)}`, {
    next: 'run it again when Kafka answers: what was replayed is noted, and is not replayed twice',
    exitCode: EXIT.unavailable,
    retriable: true,
    cause,
  });
}
