// Numbers leave as C's printf("%.17g") writes them, and come in as strtod and Redis read them.
import { describe, expect, it } from 'vitest';
import { formatDouble, parseDouble, parseInteger } from '../../../../src/redisai/tensor/number-text.ts';

describe('formatDouble', () => {
  // Left: the number; right: what glibc prints.
  it.each([
    [0.1, '0.10000000000000001'],
    [1 / 3, '0.33333333333333331'],
    [-1234.5678, '-1234.5678'],
    [1e16, '10000000000000000'],
    [1e17, '1e+17'],
    [123456789012345680, '1.2345678901234568e+17'],
    [72057594037927936, '72057594037927936'],
    [2 ** 57, '1.4411518807585587e+17'],
    [0.0001, '0.0001'],
    [0.00012345, '0.00012344999999999999'],
    [0.00001, '1.0000000000000001e-05'],
    [5e-324, '4.9406564584124654e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [Infinity, 'inf'],
    [-Infinity, '-inf'],
    [-0, '-0'],
  ])('writes %d as %s', (value, text) => {
    expect(formatDouble(value)).toBe(text);
  });

  it('rounds a tie to the even digit', () => {
    expect(formatDouble(1000000000000000.25)).toBe('1000000000000000.2');
    expect(formatDouble(1000000000000000.75)).toBe('1000000000000000.8');
    expect(formatDouble(-1000000000000002.25)).toBe('-1000000000000002.2');
  });

  it('writes what reads back as the same double', () => {
    for (let i = 1; i < 2000; i += 1) {
      const value = Math.sin(i) * 10 ** ((i % 600) - 300);
      expect(Number(formatDouble(value))).toBe(value);
    }
  });
});

describe('parseDouble', () => {
  it.each([
    ['0x1.8p3', 12],
    ['-0X.8', -0.5],
    ['infinity', Infinity],
    ['-INF', -Infinity],
    ['0e999', 0],
  ])('reads %s', (text, value) => {
    expect(parseDouble(text)).toBe(value);
  });

  it.each(['', ' 1', '1 ', '1_000', 'nan', '.', '+', '1e400', '0x', '0x.p1', '١'])('refuses %j', (text) => {
    expect(parseDouble(text)).toBeUndefined();
  });
});

describe('parseInteger', () => {
  it('reads the whole range of 64 bits', () => {
    expect(parseInteger('-9223372036854775808')).toBe(-9223372036854775808n);
    expect(parseInteger('9223372036854775807')).toBe(9223372036854775807n);
  });

  it.each(['9223372036854775808', '+1', '-0', '007', '', '1 ', '0x1', '99999999999999999999'])('refuses %j', (text) => {
    expect(parseInteger(text)).toBeUndefined();
  });
});
