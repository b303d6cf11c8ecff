// Records that are no transactions, each with the class of error that its dead letter has to name.
import type { Random } from '../../../producers/random.ts';
import type { Expectation, InputRecord } from '../oracle.ts';

/** An Avro single object: C3 01, eight bytes of fingerprint; then the id, its length first (one byte for short ids). */
const HEADER_BYTES = 10;

export interface Poison {
  readonly name: string;
  readonly errorClasses: readonly string[];
  readonly make: (good: Buffer, random: Random) => Buffer | null;
}

const bytes = (random: Random, length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => random.whole(0, 255)));

/** What no decoder can read. */
export const UNREADABLE: readonly Poison[] = [
  { name: 'no value', errorClasses: ['no-value'], make: () => null },
  { name: 'empty', errorClasses: ['no-value'], make: () => Buffer.alloc(0) },
  { name: 'wrong magic', errorClasses: ['not-single-object'], make: (good) => Buffer.concat([Buffer.from([1]), good]) },
  {
    name: 'schema id without a registry',
    errorClasses: ['unknown-schema'],
    make: (good) => Buffer.concat([Buffer.from([0]), good]),
  },
  { name: 'text', errorClasses: ['not-single-object'], make: () => Buffer.from('transactionId=1') },
  { name: 'cut JSON', errorClasses: ['malformed-json'], make: () => Buffer.from('{"transactionId":"1"') },
  { name: 'poor JSON', errorClasses: ['invalid-value'], make: () => Buffer.from('{"transactionId":"1"}') },
  {
    name: 'random bytes',
    errorClasses: ['not-single-object'],
    make: (_, random) => Buffer.concat([Buffer.from([0xc2]), bytes(random, random.whole(1, 300))]),
  },
  {
    name: 'unknown schema',
    errorClasses: ['unknown-schema'],
    make: (good, random) => Buffer.concat([good.subarray(0, 2), bytes(random, 8), good.subarray(HEADER_BYTES)]),
  },
  {
    name: 'cut',
    errorClasses: ['truncated'],
    make: (good, random) => good.subarray(0, random.whole(2, good.length - 1)),
  },
  {
    name: 'something behind it',
    errorClasses: ['trailing-bytes'],
    make: (good, random) => Buffer.concat([good, bytes(random, random.whole(1, 9))]),
  },
  {
    name: 'random body',
    errorClasses: ['truncated', 'trailing-bytes', 'malformed', 'invalid-value'],
    make: (good, random) => Buffer.concat([good.subarray(0, HEADER_BYTES), bytes(random, random.whole(0, 400))]),
  },
];

const TIME = 0;
const AMOUNT = 29;

/** The number at `index` of Time, V1 … V28, Amount replaced. */
function withNumber(good: Buffer, index: number, value: number): Buffer {
  const idBytes = good[HEADER_BYTES]! >> 1;
  const changed = Buffer.from(good);
  changed.writeDoubleLE(value, HEADER_BYTES + 1 + idBytes + 8 * index);
  return changed;
}

const number = (name: string, index: number, value: number): Poison => ({
  name,
  errorClasses: ['invalid-value'],
  make: (good) => withNumber(good, index, value),
});

/** What can be read and cannot be meant. */
export const NONSENSE: readonly Poison[] = [
  number('amount NaN', AMOUNT, NaN),
  number('amount infinite', AMOUNT, Infinity),
  number('amount negative', AMOUNT, -1),
  number('amount 1e308', AMOUNT, 1e308),
  number('V1 NaN', 1, NaN),
  number('V28 -infinite', 28, -Infinity),
  number('V7 beyond float32', 7, 1e39),
  number('time before the beginning', TIME, -1),
  number('time in the year 10000', TIME, 253_402_300_800),
  {
    name: 'no id',
    errorClasses: ['invalid-value'],
    make: (good) => {
      const idBytes = good[HEADER_BYTES]! >> 1;
      return Buffer.concat([
        good.subarray(0, HEADER_BYTES),
        Buffer.from([0]),
        good.subarray(HEADER_BYTES + 1 + idBytes),
      ]);
    },
  },
];

export class PoisonMix {
  injected = 0;
  readonly #of = new WeakMap<Buffer, readonly string[]>();
  readonly #kinds: readonly Poison[];
  readonly #random: Random;

  constructor(kinds: readonly Poison[], random: Random) {
    this.#kinds = kinds;
    this.#random = random;
  }

  /** Makes every record good but one in `oneIn`. */
  among(good: (index: number) => Buffer, oneIn: number): (index: number) => Buffer | null {
    return (index) => {
      const value = good(index);
      if (this.#random.whole(1, oneIn) !== 1) return value;
      const kind = this.#kinds[this.injected % this.#kinds.length]!;
      this.injected += 1;
      const bad = kind.make(value, this.#random);
      if (bad !== null) this.#of.set(bad, kind.errorClasses);
      return bad;
    };
  }

  readonly exceptions = ({ value }: InputRecord): Expectation | undefined => {
    const errorClasses = value === null ? ['no-value'] : this.#of.get(value);
    return errorClasses === undefined ? undefined : { kind: 'dead-letter', errorClasses };
  };
}
