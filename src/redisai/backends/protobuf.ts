// A reader of protobuf messages that trusts nothing: every length is checked against the bytes that are there, nesting has a
// bound, and nothing is allocated from a number in the message. Shared by the TensorFlow and the ONNX loader.

/** The bytes are not what they should be. The loaders turn it into their backend's words. */
export class ProtobufError extends Error {}

export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

const DEPTH_MAX = 64;
const VARINT_BYTES_MAX = 10;

/** The key of a field in a table of readers: its number and how its value is coded. */
export function tag(field: number, wire: (typeof WIRE)[keyof typeof WIRE]): number {
  return field * 8 + wire;
}

/** One entry for each field that is read, by `tag`; others, or the same ones coded otherwise, are passed over. */
export type FieldReaders = Readonly<Record<number, (reader: ProtobufReader) => void>>;

export class ProtobufReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;
  readonly #depth: number;
  #at: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length, depth = 0) {
    if (depth > DEPTH_MAX) throw new ProtobufError(`messages nested more than ${DEPTH_MAX} deep`);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = start;
    this.#end = end;
    this.#depth = depth;
  }

  get atEnd(): boolean {
    return this.#at >= this.#end;
  }

  /** Reads all fields of this message. */
  fields(readers: FieldReaders): void {
    while (!this.atEnd) {
      const key = Number(this.varint());
      const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
      if (key < 8) throw new ProtobufError('field number 0');
      if (read === undefined) this.#skip(key % 8);
      else read(this);
    }
  }

  /** The message that is the value of the current field. */
  message(): ProtobufReader {
    const length = this.#length();
    const inner = new ProtobufReader(this.#bytes, this.#at, this.#at + length, this.#depth + 1);
    this.#at += length;
    return inner;
  }

  /** A view of the value, not a copy. */
  bytes(): Uint8Array {
    const length = this.#length();
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  text(): string {
    return Buffer.from(this.bytes()).toString('utf8');
  }

  varint(): bigint {
    let low = 0;
    for (let i = 0; i < 4; i += 1) {
      const byte = this.#byte();
      low += (byte & 127) * 2 ** (7 * i);
      if (byte < 128) return BigInt(low);
    }
    let value = BigInt(low);
    for (let i = 4; i < VARINT_BYTES_MAX; i += 1) {
      const byte = this.#byte();
      value |= BigInt(byte & 127) << BigInt(7 * i);
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    throw new ProtobufError(`a varint of more than ${VARINT_BYTES_MAX} bytes`);
  }

  /** int32 and int64, which write negative numbers as 64 bits of two's complement. */
  signed(): bigint {
    return BigInt.asIntN(64, this.varint());
  }

  float(): number {
    return this.#view.getFloat32(this.#take(4), true);
  }

  double(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  #byte(): number {
    return this.#bytes[this.#take(1)]!;
  }

  #length(): number {
    const length = Number(this.varint());
    if (length > this.#end - this.#at)
      throw new ProtobufError(`a length of ${length} with ${this.#end - this.#at} bytes left`);
    return length;
  }

  /** Moves on by n bytes and gives where they begin. */
  #take(n: number): number {
    const start = this.#at;
    if (n > this.#end - start) throw new ProtobufError('the message ends within a field');
    this.#at = start + n;
    return start;
  }

  #skip(wire: number): void {
    if (wire === WIRE.varint) this.varint();
    else if (wire === WIRE.fixed64) this.#take(8);
    else if (wire === WIRE.bytes) this.#take(this.#length());
    else if (wire === WIRE.fixed32) this.#take(4);
    else throw new ProtobufError(`wire type ${wire}`);
  }
}

/** Readers of a repeated number, which may be written one by one or packed. */
export function repeated(
  field: number,
  wire: typeof WIRE.varint | typeof WIRE.fixed32 | typeof WIRE.fixed64,
  read: (reader: ProtobufReader) => void,
): FieldReaders {
  return {
    [tag(field, wire)]: read,
    [tag(field, WIRE.bytes)]: (reader) => {
      const packed = reader.message();
      while (!packed.atEnd) read(packed);
    },
  };
}
