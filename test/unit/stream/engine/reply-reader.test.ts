// Promise: however the engine's bytes are cut into pieces, the same replies come out; what is no reply is refused; a reply
// recognised as a whole says what reading it in full would have said.
import { describe, expect, it } from 'vitest';
import type { KeyList } from '../../../../src/stream/engine/key-list.ts';
import { ReplyReader } from '../../../../src/stream/engine/reply-reader.ts';
import type { Reply } from '../../../../src/stream/engine/reply.ts';
import { SoundReply, soundShapeAt } from '../../../../src/stream/engine/sound-reply.ts';
import { readScores } from '../../../../src/stream/score.ts';
import { dagElements, described, resp, tensor } from '../../../helpers/scripted-engine.ts';

function read(bytes: Buffer, pieceBytes = bytes.length): Reply[] {
  const reader = new ReplyReader();
  const replies: Reply[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes)
    reader.push(bytes.subarray(at, at + pieceBytes), (reply) => replies.push(reply));
  return replies;
}

const good = resp.array(dagElements(0.5, 0.25, 0.375));
const MANY = Buffer.concat([
  good,
  Buffer.from('+OK\r\n-ERR no such thing\r\n:42\r\n:-7\r\n$-1\r\n*-1\r\n*0\r\n$0\r\n\r\n'),
  good,
  resp.bulk(Buffer.from([13, 10, 0, 255, 13])),
  resp.array([resp.array([resp.ok, resp.error('ERR inside')]), resp.bulk('x'.repeat(5000))]),
]);

describe('the reader of replies', () => {
  it('reads every kind of reply', () => {
    const replies = read(MANY);
    expect(replies[0]).toMatchObject({ score: 0.375, scoreA: 0.5, scoreB: 0.25 });
    expect(replies.slice(1, 9)).toMatchObject(['OK', { name: 'ReplyError' }, 42, -7, null, null, [], Buffer.alloc(0)]);
    expect(replies[10]).toEqual(Buffer.from([13, 10, 0, 255, 13]));
    expect(replies[11]).toMatchObject([['OK', { message: 'ERR inside' }], Buffer.alloc(5000, 'x')]);
  });

  it.each([1, 2, 3, 7, 100, 1000])('reads the same in pieces of %i bytes', (pieceBytes) => {
    expect(read(MANY, pieceBytes)).toEqual(read(MANY));
  });

  it.each([
    'hello\r\n',
    '$12x\r\n',
    '*-2\r\n',
    '$999999999999\r\n',
    ':\r\n',
    '*1\r\n'.repeat(20),
    `+${'x'.repeat(70_000)}`,
  ])('refuses what is no reply: %.20j', (bytes) => {
    expect(() => read(Buffer.from(bytes))).toThrow('the engine sent');
  });

  it.each([1, 2, 3, 7, 100])('leaves lists of keys as they came, in pieces of %i bytes', (pieceBytes) => {
    const names = ['', 'a', 'b'.repeat(70), 'c'.repeat(700)];
    const bytes = Buffer.concat([
      resp.array(names.map(resp.bulk)),
      resp.array([]),
      resp.array([resp.ok, resp.bulk('')]),
    ]);
    const reader = new ReplyReader();
    const replies: Reply[] = [];
    for (let at = 0; at < bytes.length; at += pieceBytes)
      reader.push(
        bytes.subarray(at, at + pieceBytes),
        (reply) => replies.push(reply),
        () => true,
      );
    expect(replies.slice(0, 2).map((list) => [...(list as KeyList)].map(String))).toEqual([names, []]);
    // What is no list of keys is read in full, for a person to be told of.
    expect(replies[2]).toEqual(['OK', Buffer.alloc(0)]);
  });

  it('takes no memory for an array that is only announced', () => {
    expect(read(Buffer.from('*500000000\r\n+OK\r\n'))).toEqual([]);
  });
});

describe('a reply recognised as a whole', () => {
  const counted = Buffer.from(Float32Array.of(10, 9).buffer);
  const countedReply = resp.array([...dagElements(0.5, 0.25, 0.375), resp.bulk(counted)]);

  it.each([good, countedReply])('is a good one', (bytes) => {
    expect(soundShapeAt(bytes, 0)?.expected).toHaveLength(bytes.length);
    expect(soundShapeAt(bytes.subarray(0, -1), 0)).toBeUndefined();
  });

  it.each([good, countedReply])('is none with any other byte outside its tensors', (reply) => {
    const blobs = [tensor(0.5), tensor(0.25), tensor(0.375), ...(reply === good ? [] : [counted])];
    const tensors = blobs.map((bytes) => reply.indexOf(bytes));
    for (let at = 0; at < reply.length; at++) {
      const bytes = Buffer.from(reply);
      bytes[at]! ^= 1;
      const isOfTensor = tensors.some((start) => at >= start && at < start + 8);
      expect(soundShapeAt(bytes, 0)?.expected.length === reply.length, `byte ${at}`).toBe(isOfTensor);
    }
  });

  it('brings what the script counted, where it is to count', () => {
    const [reply] = read(countedReply);
    expect(readScores(reply, 1, true)).toMatchObject({ scoreA: 0.5, counted: [10, 9] });
    expect(readScores(reply, 1)).toMatchObject({ errorClass: 'reply-shape' });
    expect(readScores(read(good)[0], 1, true)).toMatchObject({ errorClass: 'reply-shape' });
  });

  it.each([
    [0.5, Number.NaN, 0.5, 'score-not-finite'],
    [Infinity, 0.5, 0.5, 'score-not-finite'],
    [0.5, 0.5, 1.5, 'score-out-of-range'],
    [0.5, -0.25, 0.5, 'score-out-of-range'],
  ])('is judged by its values: %f %f %f is %s', (scoreA, scoreB, score, errorClass) => {
    const [reply] = read(resp.array(dagElements(scoreA, scoreB, score)));
    expect(reply).toBeInstanceOf(SoundReply);
    expect(readScores(reply, 2)).toMatchObject({ stage: 'score', errorClass, attempts: 2 });
  });

  it('gives what reading in full gives', () => {
    const elements = dagElements(0.5, 0.25, 0.375);
    const [whole] = read(resp.array(elements));
    // One more element and it is read in full; without it again it is what was recognised.
    const [more] = read(resp.array([...elements, resp.ok]));
    const scores = readScores((more as readonly Reply[]).slice(0, -1), 1);
    expect({ ...(readScores(whole, 1) as object) }).toEqual(scores);
    expect(
      readScores(read(resp.array([...elements.slice(0, 7), described(tensor(0.5), 'DOUBLE')]))[0], 1),
    ).toMatchObject({
      errorClass: 'reply-shape',
    });
  });
});
