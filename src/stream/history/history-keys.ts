// Where one partition's history lies in the engine. A transaction's key says where in Kafka it came from and when: so writing
// it again writes the same thing, and a lookup's reply tells by itself what of it may be seen.
//
//   reference key  = topic ":" partition ":" offset (16 digits) ":" timestamp "{" tag "}"
//   entry of order = offset (16 digits) ":" timestamp (":" entity)?
import type { Reply } from '../engine/reply.ts';
import { historyKey, historyMarkKey, historyOrderKey, type SourcePartition } from '../../contracts/engine-keys.ts';

/** Where a transaction stands on the topic, and when it came. */
export interface Position {
  readonly offset: number;
  /** Milliseconds since 1970, as Kafka's record has it. */
  readonly timestamp: number;
}

export interface OrderEntry extends Position {
  readonly entity: string | undefined;
}

/** Of equal times the sorted set has the greater key first: with as many digits each, that is the later offset. */
const OFFSET_DIGITS = 16;

export class HistoryKeys {
  readonly order: string;
  readonly mark: string;
  readonly #tag: string;
  readonly #source: SourcePartition;
  readonly #prefix: string;
  readonly #suffix: string;

  constructor(tag: string, source: SourcePartition) {
    this.order = historyOrderKey(tag, source);
    this.mark = historyMarkKey(tag, source);
    this.#tag = tag;
    this.#source = source;
    this.#prefix = `${source.topic}:${source.partition}:`;
    this.#suffix = `{${tag}}`;
  }

  set(entity: string | undefined): string {
    return historyKey(this.#tag, this.#source, entity);
  }

  reference(position: Position): string {
    return this.#prefix + positionText(position) + this.#suffix;
  }

  /** Undefined where the key is no reference key of this partition. */
  positionOf(key: Buffer): Position | undefined {
    const text = key.toString('latin1');
    const end = text.length - this.#suffix.length;
    return text.startsWith(this.#prefix) ? readPosition(text.slice(this.#prefix.length, end)) : undefined;
  }

  entry({ entity, ...position }: OrderEntry): string {
    return positionText(position) + (entity === undefined ? '' : `:${entity}`);
  }

  /** Of a list of them as the engine gives it; what is none is left out. */
  entriesOf(replies: readonly Reply[]): readonly OrderEntry[] {
    const entries = replies.map((reply) => (Buffer.isBuffer(reply) ? readEntry(reply.toString()) : undefined));
    return entries.filter((entry) => entry !== undefined);
  }
}

function readEntry(text: string): OrderEntry | undefined {
  const entityAt = text.indexOf(':', OFFSET_DIGITS + 1);
  const position = readPosition(entityAt < 0 ? text : text.slice(0, entityAt));
  return position && { ...position, entity: entityAt < 0 ? undefined : text.slice(entityAt + 1) };
}

function positionText({ offset, timestamp }: Position): string {
  return `${String(offset).padStart(OFFSET_DIGITS, '0')}:${timestamp}`;
}

function readPosition(text: string): Position | undefined {
  const [offset, timestamp] = [Number(text.slice(0, OFFSET_DIGITS)), Number(text.slice(OFFSET_DIGITS + 1))];
  return Number.isSafeInteger(offset) && Number.isSafeInteger(timestamp) ? { offset, timestamp } : undefined;
}
