// The protobuf reader believes nothing but the bytes that are there.
import { describe, expect, it } from 'vitest';
import { ProtobufError, ProtobufReader, WIRE, repeated, tag } from '../../../../src/redisai/backends/protobuf.ts';
import { bytesField, floatField, varint, varintField } from '../../../helpers/protobuf-writer.ts';

function readVarint(bytes: Uint8Array): bigint {
  return new ProtobufReader(bytes).varint();
}

describe('ProtobufReader', () => {
  it.each([0n, 1n, 127n, 128n, 300n, 2n ** 28n - 1n, 2n ** 28n, 2n ** 32n, 2n ** 63n, 2n ** 64n - 1n])(
    'reads %d',
    (value) => {
      expect(readVarint(varint(value))).toBe(value);
    },
  );

  it('reads negative numbers as two’s complement of 64 bits', () => {
    expect(new ProtobufReader(varint(2n ** 64n - 5n)).signed()).toBe(-5n);
  });

  it('passes over fields it has no reader for, and known ones coded otherwise', () => {
    const seen: string[] = [];
    const message = Buffer.concat([varintField(1, 5), bytesField(2, 'x'), floatField(3, 1), bytesField(1, 'here')]);
    new ProtobufReader(message).fields({ [tag(1, WIRE.bytes)]: (reader) => seen.push(reader.text()) });
    expect(seen).toEqual(['here']);
  });

  it('reads repeated numbers packed or one by one', () => {
    const seen: number[] = [];
    const message = Buffer.concat([varintField(4, 1), bytesField(4, varint(2), varint(300)), varintField(4, 4)]);
    new ProtobufReader(message).fields(repeated(4, WIRE.varint, (reader) => seen.push(Number(reader.varint()))));
    expect(seen).toEqual([1, 2, 300, 4]);
  });

  it('refuses a varint of eleven bytes', () => {
    expect(() => readVarint(Buffer.concat([Buffer.alloc(10, 0xff), Buffer.from([0])]))).toThrow(ProtobufError);
  });

  it('keeps a message from reading beyond its own end', () => {
    const message = Buffer.concat([bytesField(1, Buffer.from([0x80])), Buffer.from([0x01, 0x01])]);
    const read = (): void =>
      new ProtobufReader(message).fields({ [tag(1, WIRE.bytes)]: (reader) => void reader.message().varint() });
    expect(read).toThrow('the message ends within a field');
  });

  it('refuses to go deeper than 64 messages', () => {
    let message: Uint8Array = varintField(2, 1);
    for (let i = 0; i < 100; i += 1) message = bytesField(1, message);
    const descend = (reader: ProtobufReader): void =>
      reader.fields({ [tag(1, WIRE.bytes)]: (inner) => descend(inner.message()) });
    expect(() => descend(new ProtobufReader(message))).toThrow('more than 64 deep');
  });
});
