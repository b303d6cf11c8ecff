// Where each byte of a transaction of the newest schema lies: reads and writes it without the objects of a general decoder.
// schemas/transaction.avsc is the contract, and the tests hold this file to it.
//
//   transaction = header | length of the id (zigzag varint) | id | 30 doubles, little-endian | label
//   label       = 00 (null) | 02 (int) then 00 (0) or 02 (1)
import { FEATURE_COUNT } from './features.ts';

export interface TransactionFields {
  readonly transactionId: string;
  /** Time, V1 … V28, Amount. */
  readonly values: ArrayLike<number>;
  /** 1 fraud, 0 genuine, null unknown. */
  readonly label: number | null;
}

const VALUES_BYTES = FEATURE_COUNT * Float64Array.BYTES_PER_ELEMENT;
const NULL_BRANCH = 0;
const INT_BRANCH = 2;
/** A zigzag varint of one byte is below that, of two bytes below its square. */
const VARINT_BASE = 128;

export class TransactionLayout {
  readonly #header: Buffer;

  constructor(header: Buffer) {
    this.#header = header;
  }

  /**
   * `values` are read into `into`, and stand there until it is used again. Undefined where the bytes are not laid out so: of another
   * version, or wrong.
   */
  read(bytes: Buffer | null, into: Float64Array): TransactionFields | undefined {
    const start = this.#header.length + 1;
    if (bytes === null || bytes.length < start + VALUES_BYTES) return undefined;
    if (bytes.compare(this.#header, 0, start - 1, 0, start - 1) !== 0) return undefined;
    const idLength = bytes[start - 1]!;
    // Odd is negative; a longer id takes the general way.
    if (idLength >= VARINT_BASE || idLength % 2 === 1) return undefined;
    const afterId = start + idLength / 2;
    const labelAt = afterId + VALUES_BYTES;
    const label = labelAt < bytes.length ? readLabel(bytes, labelAt) : undefined;
    if (label === undefined) return undefined;
    for (let index = 0; index < FEATURE_COUNT; index++) into[index] = bytes.readDoubleLE(afterId + 8 * index);
    return { transactionId: bytes.toString('utf8', start, afterId), values: into, label };
  }

  /** Of checked fields: the id is no longer than a varint of two bytes says. */
  write({ transactionId, values, label }: TransactionFields): Buffer {
    const idBytes = Buffer.byteLength(transactionId);
    const idLength = 2 * idBytes;
    const lengthBytes = idLength < VARINT_BASE ? 1 : 2;
    const start = this.#header.length + lengthBytes;
    const labelAt = start + idBytes + VALUES_BYTES;
    const bytes = Buffer.allocUnsafe(labelAt + (label === null ? 1 : 2));
    bytes.set(this.#header);
    if (lengthBytes === 1) bytes[start - 1] = idLength;
    else
      bytes.writeUInt16LE((idLength % VARINT_BASE) + VARINT_BASE + 256 * Math.floor(idLength / VARINT_BASE), start - 2);
    bytes.write(transactionId, start);
    for (let index = 0; index < FEATURE_COUNT; index++)
      bytes.writeDoubleLE(values[index]!, start + idBytes + 8 * index);
    bytes[labelAt] = label === null ? NULL_BRANCH : INT_BRANCH;
    if (label !== null) bytes[labelAt + 1] = 2 * label;
    return bytes;
  }
}

/** Undefined where it is none, or does not end the bytes. */
function readLabel(bytes: Buffer, at: number): number | null | undefined {
  const left = bytes.length - at;
  if (bytes[at] === NULL_BRANCH) return left === 1 ? null : undefined;
  const value = bytes[at + 1];
  return bytes[at] === INT_BRANCH && left === 2 && (value === 0 || value === 2) ? value / 2 : undefined;
}
