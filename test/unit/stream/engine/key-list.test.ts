// Promise: a list of keys that is left as it came says the same as one that is taken apart.
import { describe, expect, it } from 'vitest';
import { KeyList, readKeyList } from '../../../../src/stream/engine/key-list.ts';
import { resp } from '../../../helpers/scripted-engine.ts';

const list = (...names: string[]): KeyList => KeyList.of(names.map((name) => Buffer.from(name)));
const names = (keys: KeyList): string[] => [...keys].map(String);
const encoded = (keys: KeyList): string => {
  const bytes = Buffer.alloc(keys.encodedBytes);
  expect(keys.copyTo(bytes, 0)).toBe(bytes.length);
  return bytes.toString();
};

describe('a list of keys', () => {
  it('holds keys of any length, and gives them out as a request has them', () => {
    const all = ['', 'a', 'b'.repeat(9), 'c'.repeat(10), 'd'.repeat(99), 'e'.repeat(100), 'f'.repeat(1000), '\r\n'];
    expect(names(list(...all))).toEqual(all);
    expect(encoded(list('a', ''))).toBe('$1\r\na\r\n$0\r\n\r\n');
    expect(list(...all)).toHaveLength(all.length);
  });

  it('gives the first of them', () => {
    expect([0, 1, 2, 3].map((count) => names(list('a', 'b').first(count)))).toEqual([
      [],
      ['a'],
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it.each([
    ['a', ['b', 'c']],
    ['b', ['a', 'c']],
    ['c', ['a', 'b']],
    ['d', ['a', 'b', 'c']],
    ['ab', ['a', 'b', 'c']],
  ])('leaves %s out', (key, left) => {
    expect(names(list('a', 'b', 'c').without(key))).toEqual(left);
  });

  it.each([
    ['the same', ['a', 'b'], ['a', 'b'], []],
    ['moved on by one', ['n', 'a', 'b'], ['a', 'b', 'c'], ['n']],
    ['moved on by all', ['n', 'm'], ['a', 'b'], ['n', 'm']],
    ['the former longer', ['a'], ['a', 'b'], []],
    ['the former shorter', ['n', 'a', 'b'], ['a'], ['n', 'a', 'b']],
    ['one gone in the middle', ['n', 'a', 'c'], ['a', 'b', 'c'], ['n', 'a', 'c']],
    ['no former', ['a'], [], ['a']],
    ['none', [], ['a'], []],
  ])('names what is beyond the former list: %s', (_, now, before, beyond) => {
    expect(names(list(...now).beyond(list(...before)))).toEqual(beyond);
  });
});

describe('a list that an engine sends', () => {
  const sent = resp.array(['a', 'x'.repeat(12)].map(resp.bulk));

  it('is read to its end', () => {
    const { keys, end } = readKeyList(Buffer.concat([Buffer.from('+OK\r\n'), sent, Buffer.from('+OK\r\n')]), 5)!;
    expect([names(keys), end]).toEqual([['a', 'x'.repeat(12)], 5 + sent.length]);
  });

  it('is none while a byte is missing', () => {
    for (let length = 0; length < sent.length; length++)
      expect(readKeyList(sent.subarray(0, length), 0)).toBeUndefined();
  });

  it.each([
    '*1\r\n:1\r\n',
    '*-1\r\n',
    '*1\r\n$-1\r\n',
    '*1\r\n$01\r\na\r\n',
    '*1\r\n$1\r\nab\r\n',
    '*x\r\n',
    '*\r\n',
    '$1\r\na\r\n',
  ])('is none: %j', (bytes) => {
    expect(readKeyList(Buffer.from(bytes), 0)).toBeUndefined();
  });
});
