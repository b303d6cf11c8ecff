// Protobuf messages put together field by field, for models that no tool would write.

/** Field `number` of wire type 0. */
export function varintField(number: number, value: number | bigint): Uint8Array {
  return Buffer.concat([varint(number * 8), varint(BigInt.asUintN(64, BigInt(value)))]);
}

/** Field `number` of wire type 2: text, bytes or the fields of a message. */
export function bytesField(number: number, ...parts: (Uint8Array | string)[]): Uint8Array {
  const value = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  return Buffer.concat([varint(number * 8 + 2), varint(value.length), value]);
}

/** Field `number` of wire type 5. */
export function floatField(number: number, value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([varint(number * 8 + 5), bytes]);
}

export function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  for (let rest = BigInt(value); ; rest >>= 7n) {
    if (rest < 128n) return Uint8Array.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}
