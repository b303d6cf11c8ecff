// No reply that is not a whole, sound answer becomes a score: each kind of bad one is told from the others.
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/stream/engine/reply.ts';
import { readScores } from '../../../src/stream/score.ts';
import { tensor } from '../../helpers/scripted-engine.ts';

const OK = Buffer.from('OK');
const described = (blob: Reply, dtype = 'FLOAT', shape: Reply = [1, 2]): Reply =>
  [Buffer.from('dtype'), Buffer.from(dtype), Buffer.from('shape'), shape, Buffer.from('blob'), blob] as Reply;
const good: readonly Reply[] = [OK, OK, OK, OK, OK, tensor(0.5), tensor(0.25), described(tensor(0.375))];
const withElement = (index: number, element: Reply): Reply => good.with(index, element);
const errorReply = (words: string): Error => Object.assign(new Error(words), { name: 'ReplyError' });

describe('a reply to a DAG', () => {
  it('that is sound gives the score and what each device said', () => {
    expect(readScores(good, 1)).toEqual({ score: 0.375, scoreA: 0.5, scoreB: 0.25 });
  });

  it.each<[string, string, Reply]>([
    ['dag-refused', 'an error for the whole', errorReply('ERR INPUT key cannot be found in DAG')],
    ['reply-shape', 'null', null],
    ['timed-out', 'a status', Buffer.from('TIMEDOUT')],
    ['reply-shape', 'a number', 7],
    ['reply-shape', 'an empty array', []],
    ['reply-shape', 'one element less', good.slice(0, -1)],
    ['reply-shape', 'one element more', [...good, OK]],
    ['reply-shape', 'NA instead of OK', withElement(2, Buffer.from('NA'))],
    ['reply-shape', 'null instead of OK', withElement(4, null)],
    ['operation-failed', 'an error in the middle', withElement(2, errorReply('Incompatible shapes'))],
    ['operation-failed', 'an error instead of the result', withElement(7, errorReply('ERR tensor is empty'))],
    ['reply-shape', 'a result without a description', withElement(7, tensor(0.5))],
    ['reply-shape', 'a result of DOUBLE', withElement(7, described(tensor(0.5), 'DOUBLE'))],
    ['reply-shape', 'a result of another shape', withElement(7, described(tensor(0.5), 'FLOAT', [2, 1]))],
    ['reply-shape', 'a result of more dimensions', withElement(7, described(tensor(0.5), 'FLOAT', [1, 2, 1]))],
    ['reply-shape', 'seven bytes', withElement(7, described(tensor(0.5).subarray(1)))],
    ['reply-shape', 'sixteen bytes of a device', withElement(5, Buffer.alloc(16))],
    ['reply-shape', 'nothing from a device', withElement(6, null)],
    ['score-not-finite', 'NaN', withElement(7, described(tensor(Number.NaN)))],
    ['score-not-finite', 'infinity of a device', withElement(5, tensor(Infinity))],
    ['score-out-of-range', 'more than certainty', withElement(7, described(tensor(1.5)))],
    ['score-out-of-range', 'less than nothing', withElement(6, tensor(-0.25))],
  ])('is %s: %s', (errorClass, _, reply) => {
    expect(readScores(reply, 3)).toMatchObject({ stage: 'score', errorClass, attempts: 3 });
  });

  it.each([
    ['more there than there are', Float32Array.of(2, 3)],
    ['halves', Float32Array.of(2.5, 1)],
    ['less than none', Float32Array.of(2, -1)],
    ['no numbers', Float32Array.of(Number.NaN, 0)],
  ])('is reply-shape where the script counted %s', (_, counted) => {
    const reply = [...good, Buffer.from(counted.buffer)];
    expect(readScores(reply, 1, true)).toMatchObject({ errorClass: 'reply-shape' });
  });

  it('says how many references the script counted', () => {
    const reply = [...good, Buffer.from(Float32Array.of(10, 9).buffer)];
    expect(readScores(reply, 1, true)).toMatchObject({ score: 0.375, counted: [10, 9] });
    expect(readScores(good, 1, true)).toMatchObject({ errorClass: 'reply-shape' });
  });

  it('names the step that failed', () => {
    expect(readScores(withElement(1, errorReply('boom')), 1)).toMatchObject({ reason: 'hashes_to_tensor: boom' });
  });
});
