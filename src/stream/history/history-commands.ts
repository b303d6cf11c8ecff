// What history asks of the engine, as it goes over the wire.
import { FEATURE_NAMES } from '../../contracts/features.ts';
import type { HistoryKeys, OrderEntry } from './history-keys.ts';
import type { Remembered } from './remembered.ts';

/** Commands one after the other, as RESP, and how many. */
export class HistoryCommands {
  text = '';
  count = 0;

  add(...words: readonly string[]): this {
    this.#open(words.length);
    for (const word of words) this.text += wordText(word);
    return this;
  }

  /** The hash that the script reads: the thirty numbers, in their order. */
  storeHash({ key, passenger }: Remembered): this {
    this.#open(2 + 2 * FEATURE_HEADS.length);
    this.text += HSET + wordText(key);
    const { features } = passenger.transaction;
    for (let index = 0; index < FEATURE_HEADS.length; index++)
      this.text += FEATURE_HEADS[index]! + wordText(numberText(features[index]!));
    return this;
  }

  /** The newest `limit` of `one`'s own history by time, with their times. */
  lookUp(keys: HistoryKeys, one: Remembered, windowSeconds: number, limit: number): this {
    const [until, since] = [String(one.time), String(one.time - windowSeconds)];
    return this.add('ZREVRANGEBYSCORE', keys.set(one.entity), until, since, 'WITHSCORES', 'LIMIT', '0', String(limit));
  }

  /** Into the index; their hashes are there. */
  index(keys: HistoryKeys, some: readonly Remembered[]): this {
    for (const [entity, mine] of byEntity(some))
      this.add('ZADD', keys.set(entity), ...mine.flatMap(({ time, key }) => [String(time), key]));
    return this.order(keys, some);
  }

  /** What has an entry there is removed in its time, whether it is ever published or not. */
  order(keys: HistoryKeys, some: readonly Remembered[]): this {
    if (some.length === 0) return this;
    return this.add('ZADD', keys.order, ...some.flatMap((one) => [String(one.offset), keys.entry(one)]));
  }

  /** Hashes and members together. */
  remove(keys: HistoryKeys, entries: readonly OrderEntry[]): this {
    if (entries.length === 0) return this;
    for (const [entity, mine] of byEntity(entries))
      this.add('ZREM', keys.set(entity), ...mine.map((entry) => keys.reference(entry)));
    this.add('DEL', ...entries.map((entry) => keys.reference(entry)));
    return this.add('ZREM', keys.order, ...entries.map((entry) => keys.entry(entry)));
  }

  askMark(keys: HistoryKeys): this {
    return this.add('ZRANGE', keys.mark, '0', '-1', 'WITHSCORES');
  }

  /** Whatever was there: nobody moves the one before any more. */
  beginMark(keys: HistoryKeys, words: readonly string[]): this {
    return this.add('DEL', keys.mark).add('ZADD', keys.mark, ...words);
  }

  /** Only where it is there, and of the same beginning: of what is not so, the new one would not be true. */
  moveMark(keys: HistoryKeys, words: readonly string[]): this {
    return this.add('ZADD', keys.mark, 'XX', ...words);
  }

  #open(words: number): void {
    this.text += `*${words}\r\n`;
    this.count++;
  }
}

function byEntity<Entry extends OrderEntry>(entries: readonly Entry[]): ReadonlyMap<string | undefined, Entry[]> {
  const groups = new Map<string | undefined, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.entity);
    if (group === undefined) groups.set(entry.entity, [entry]);
    else group.push(entry);
  }
  return groups;
}

function wordText(word: string): string {
  return `$${PLAIN.test(word) ? word.length : Buffer.byteLength(word)}\r\n${word}\r\n`;
}

/** A character is a byte. */
const PLAIN = /^[ -~]*$/;
const HSET = wordText('HSET');
const FEATURE_HEADS = FEATURE_NAMES.map(wordText);

/** Nine digits are all that a float32 has. */
function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(9);
}
