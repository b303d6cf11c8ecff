// The proxies of the fault suite may split nothing wrongly: a frame that they tear would be a fault that nobody ordered.
import { describe, expect, it } from 'vitest';
import { FrameSplitter } from '../../faults/frame-splitter.ts';
import { RespSplitter } from '../../faults/resp-splitter.ts';

function inPieces(bytes: Buffer, size: number, push: (chunk: Buffer) => Buffer[]): Buffer[] {
  const values: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) values.push(...push(bytes.subarray(at, at + size)));
  return values;
}

const frame = (text: string): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(text.length);
  return Buffer.concat([length, Buffer.from(text)]);
};

describe.each([1, 2, 3, 7, 1000])('in pieces of %i bytes', (size) => {
  it('Kafka frames come out whole, in order', () => {
    const frames = ['first', '', 'a third one'].map(frame);
    const splitter = new FrameSplitter();
    expect(inPieces(Buffer.concat(frames), size, (chunk) => splitter.push(chunk))).toEqual(frames);
  });

  it('RESP values come out whole, in order', () => {
    const texts = [
      '+OK\r\n',
      ':12\r\n',
      '$-1\r\n',
      '*-1\r\n',
      '*0\r\n',
      '$4\r\na\r\nb\r\n',
      '*3\r\n$1\r\nx\r\n*2\r\n-ERR no\r\n:1\r\n$0\r\n\r\n',
      '-ERR last\r\n',
    ].map((text) => Buffer.from(text));
    const splitter = new RespSplitter();
    expect(inPieces(Buffer.concat(texts), size, (chunk) => splitter.push(chunk))).toEqual(texts);
  });
});

describe('a Kafka frame', () => {
  it('of a length that cannot be meant is refused', () => {
    expect(() => new FrameSplitter().push(Buffer.from([0xff, 0, 0, 0]))).toThrow(RangeError);
  });
});
