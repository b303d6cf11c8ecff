// What AI.TENSORSET takes and refuses, in RedisAI's own words (taken from recorded replies).
import { describe, expect, it } from 'vitest';
import { tensorToBlob } from '../../../../src/redisai/tensor/blob.ts';
import { TensorError } from '../../../../src/redisai/tensor/tensor-error.ts';
import { parseTensor } from '../../../../src/redisai/tensor/tensor-words.ts';
import type { Tensor } from '../../../../src/redisai/tensor/tensor.ts';
import { tensorToValues } from '../../../../src/redisai/tensor/values.ts';

function parse(...words: (string | Uint8Array)[]): Tensor {
  const bytes = (i: number): Uint8Array => {
    const word = words[i]!;
    return typeof word === 'string' ? Buffer.from(word, 'latin1') : word;
  };
  const text = (i: number): string => Buffer.from(bytes(i)).toString('latin1');
  return parseTensor({ bytes, text, word: (i) => text(i).toUpperCase() }, 0, words.length);
}

/** One string of words divided by blanks. */
const parseLine = (line: string): Tensor => parse(...line.split(' '));
const hex = (value: Tensor): string => Buffer.from(tensorToBlob(value)).toString('hex');

describe('parseTensor', () => {
  it.each([
    ['FLOAT 2 2 VALUES 1 2.5 -3e-2 4', [2, 2], ['1', '2.5', '-0.029999999329447746', '4']],
    ['DOUBLE 2 2 VALUES 1 2.5 -3e-2 1e300', [2, 2], ['1', '2.5', '-0.029999999999999999', '1.0000000000000001e+300']],
    ['float 3 values 1 2 3', [3], ['1', '2', '3']],
    ['FLOAT VALUES 5', [], ['5']],
    ['FLOAT 2 3', [2, 3], ['0', '0', '0', '0', '0', '0']],
    ['FLOAT 5 VALUES inf -inf 1e39 1e-46 0x10', [5], ['inf', '-inf', 'inf', '0', '16']],
    ['FLOAT 4 VALUES -0 +1 1. .5', [4], ['-0', '1', '1', '0.5']],
    ['FLOAT 2 VALUES 1.17549435e-38 123456.789', [2], ['1.1754943508222875e-38', '123456.7890625']],
    ['DOUBLE 2 VALUES 1e-320 123456789.123456789', [2], ['9.9998886718268301e-321', '123456789.12345679']],
    ['INT8 2 VALUES 0 127', [2], [0, 127]],
    ['INT64 1 VALUES 9223372036854775807', [1], [9223372036854775807n]],
    ['UINT16 2 VALUES 65535 0', [2], [65535, 0]],
    ['BOOL 2 VALUES 1 0', [2], [1, 0]],
  ])('reads %s', (line, shape, values) => {
    const value = parseLine(line);
    expect(value.shape).toEqual(shape);
    expect(tensorToValues(value)).toEqual(values);
  });

  it('reads strings, and writes each with its zero byte', () => {
    expect(hex(parse('STRING', '2', 'VALUES', 'a', 'hello world'))).toBe('610068656c6c6f20776f726c6400');
    expect(hex(parse('STRING', '2', 'BLOB', 'ab\0c\0'))).toBe('6162006300');
    expect(hex(parse('STRING', '2'))).toBe('0000');
  });

  it.each([
    ['FLOAT', '0000803f00002040', ['1', '2.5']],
    ['INT8', '01fe', [1, -2]],
    ['INT16', '0100feff', [1, -2]],
    ['INT32', '01000000feffffff', [1, -2]],
    ['INT64', '0100000000000000feffffffffffffff', [1n, -2n]],
    ['UINT8', '01c8', [1, 200]],
    ['UINT16', '010060ea', [1, 60000]],
    ['BOOL', '0100', [1, 0]],
  ])('takes a %s blob and gives the same bytes back', (dtype, bytes, values) => {
    const value = parse(dtype, '2', 'BLOB', Buffer.from(bytes, 'hex'));
    expect(tensorToValues(value)).toEqual(values);
    expect(hex(value)).toBe(bytes);
  });

  it('keeps its own copy of a blob', () => {
    const blob = Buffer.from('0000803f', 'hex');
    const value = parse('FLOAT', '1', 'BLOB', blob);
    blob.fill(0);
    expect(tensorToValues(value)).toEqual(['1']);
  });

  it('shows the sign of a NaN as printf does', () => {
    const value = parse('FLOAT', '2', 'BLOB', Buffer.from('0000c07f0000c0ff', 'hex'));
    expect(tensorToValues(value)).toEqual(['nan', '-nan']);
  });

  const INVALID = 'ERR invalid value';
  const BAD_SHAPE = 'ERR invalid or negative value found in tensor shape';
  const ONE_BLOB = "ERR a single binary string should come after the BLOB argument in 'AI.TENSORSET' command";
  const WRONG_COUNT = "ERR wrong number of values was given in 'AI.TENSORSET' command";
  const BLOB_LENGTH = 'ERR data length does not match tensor shape and type';
  const STRING_COUNT = 'ERR Number of string elements in data blob does not match tensor length';
  it.each([
    ['INT8 1 VALUES -1', INVALID],
    ['INT8 1 VALUES 128', INVALID],
    ['UINT16 1 VALUES 65536', INVALID],
    ['INT64 1 VALUES 9223372036854775808', INVALID],
    ['INT32 1 VALUES 1.5', INVALID],
    ['INT32 1 VALUES 01', INVALID],
    ['BOOL 1 VALUES 2', INVALID],
    ['BOOL 1 VALUES true', INVALID],
    ['FLOAT 1 VALUES nan', INVALID],
    ['FLOAT 1 VALUES 1e', INVALID],
    ['FLOAT 1 VALUES ', INVALID],
    ['FLOAT 1 VALUES 0x', INVALID],
    ['DOUBLE 1 VALUES 1e309', INVALID],
    ['DOUBLE 1 VALUES 1e-400', INVALID],
    ['FLOAT 2 VALUES 1', WRONG_COUNT],
    ['FLOAT 2 VALUES 1 2 3', WRONG_COUNT],
    ['FLOAT 2 VALUES', WRONG_COUNT],
    ['FLOAT -1 VALUES 1', BAD_SHAPE],
    ['FLOAT 0 VALUES 1', BAD_SHAPE],
    ['FLOAT 1.5 VALUES 1', BAD_SHAPE],
    ['FLOAT 1e3 VALUES 1', BAD_SHAPE],
    ['FLOAT 9223372036854775808 VALUES 1', BAD_SHAPE],
    ['FLOAT 2 BADKW 1 2', BAD_SHAPE],
    ['FLOAT16 1 VALUES 1', 'ERR invalid data type'],
    ['__proto__ 1 VALUES 1', 'ERR invalid data type'],
    ['FLOAT 2 BLOB 1234', BLOB_LENGTH],
    ['FLOAT 2 BLOB 123456789', BLOB_LENGTH],
    ['FLOAT 2 BLOB', ONE_BLOB],
    ['FLOAT 2 BLOB 12345678 x', ONE_BLOB],
    ['BOOL 2 BLOB \x02\x00', 'ERR BOOL tensor elements must be 0 or 1'],
    ['STRING 2 BLOB ab\0', STRING_COUNT],
    ['STRING 2 BLOB ab\0c', STRING_COUNT],
    ['STRING 1 BLOB ab\0c\0', STRING_COUNT],
    ['STRING 1 VALUES a\0b', 'ERR C-string value contains null character'],
  ])('refuses %j', (line, words) => {
    expect(() => parseLine(line)).toThrow(new TensorError(words));
  });

  it.each([
    'FLOAT 4294967296 4294967296',
    'FLOAT 1000000000000 1000000',
    'STRING 1000000000',
    'INT8 9223372036854775807',
  ])('refuses %s before it allocates anything', (line) => {
    expect(() => parseLine(line)).toThrow(/larger than the limit/);
  });
});
