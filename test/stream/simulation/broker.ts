// Kafka, as far as delivery depends on it: one input partition, output topics, transactional ids with epochs, and offsets
// that are committed with a Kafka transaction. What it does is done at once; losing and delaying is network.ts' business.
import type { Message } from 'kafkajs';

export interface Written {
  readonly topic: string;
  readonly message: Message;
  isCommitted: boolean;
}

interface GroupOffset {
  readonly offset: number;
  readonly metadata: string;
}

interface OpenTransaction {
  readonly written: Written[];
  offset: GroupOffset | undefined;
}

/** Who writes under a transactional id; an older epoch may do nothing more. */
export interface ProducerIdentity {
  readonly id: string;
  readonly epoch: number;
}

interface TransactionalId {
  epoch: number;
  open: OpenTransaction | undefined;
}

export class SimulatedBroker {
  /** Everything that was ever appended to an output topic, in order. */
  readonly log: Written[] = [];
  /** Offset of the group in the input partition. */
  group: GroupOffset | undefined;
  /** The offset of the Kafka transaction that was committed last, forgotten or not. */
  reached = 0;
  /** The next Kafka transaction that is committed loses its offset, as a broker that stood still was seen to lose one. */
  forgetsNextOffset = false;
  /** Requests of fenced producers that were refused. */
  refused = 0;
  readonly #ids = new Map<string, TransactionalId>();

  get committed(): number | undefined {
    return this.group?.offset;
  }

  /** InitProducerId: ends what an older producer had open, and lets it write no more. */
  initProducer(id: string): ProducerIdentity {
    const known = this.#ids.get(id) ?? { epoch: -1, open: undefined };
    this.#ids.set(id, { epoch: known.epoch + 1, open: undefined });
    return { id, epoch: known.epoch + 1 };
  }

  /** What a Kafka transaction that takes too long comes to: aborted, its producer fenced. */
  timeOutTransactions(): void {
    for (const [id, { open }] of this.#ids) if (open !== undefined) this.initProducer(id);
  }

  /** AddPartitionsToTxn and AddOffsetsToTxn: opens a Kafka transaction where none is. */
  openTransaction(who: ProducerIdentity): void {
    const known = this.#writable(who);
    known.open ??= { written: [], offset: undefined };
  }

  produce(who: ProducerIdentity, topic: string, messages: readonly Message[]): void {
    const { written } = this.#open(who);
    written.push(...this.append(topic, messages, false));
  }

  /** Without a Kafka transaction: committed as it stands. */
  append(topic: string, messages: readonly Message[], isCommitted: boolean): Written[] {
    const written = messages.map((message) => ({ topic, message, isCommitted }));
    this.log.push(...written);
    return written;
  }

  /** What a reader at read_committed gets of a topic. */
  committedMessages(topic: string): Message[] {
    return this.log.filter((one) => one.topic === topic && one.isCommitted).map(({ message }) => message);
  }

  txnOffsetCommit(who: ProducerIdentity, offset: GroupOffset): void {
    this.#open(who).offset = offset;
  }

  endTransaction(who: ProducerIdentity, isCommit: boolean): void {
    const { written, offset } = this.#open(who);
    this.#ids.get(who.id)!.open = undefined;
    if (!isCommit) return;
    for (const one of written) one.isCommitted = true;
    this.reached = offset?.offset ?? this.reached;
    // Of a Kafka transaction without outcomes nothing would be left to tell.
    const isForgotten = this.forgetsNextOffset && written.length > 0;
    if (isForgotten) this.forgetsNextOffset = false;
    else this.group = offset ?? this.group;
  }

  #writable({ id, epoch }: ProducerIdentity): TransactionalId {
    const known = this.#ids.get(id)!;
    if (known.epoch === epoch) return known;
    this.refused++;
    throw new Error('INVALID_PRODUCER_EPOCH');
  }

  #open(who: ProducerIdentity): OpenTransaction {
    const { open } = this.#writable(who);
    if (open === undefined) throw new Error('INVALID_TXN_STATE');
    return open;
  }
}
