// Promise: numbers are read as strictly, and printed with the same digits, as Redis 7.0 does.
import { describe, expect, it } from 'vitest';
import { addDecimals } from '../../../../src/redisai/commands/decimal.ts';
import { formatDouble, parseFloat64, parseInt64 } from '../../../../src/redisai/commands/numbers.ts';

describe('numbers', () => {
  it.each([
    [0.1, '0.10000000000000001'],
    [-0, '0'],
    [3, '3'],
    [1e17, '1e+17'],
    [123456789012345680, '1.2345678901234568e+17'],
    [1.5e-7, '1.4999999999999999e-07'],
    [0.0001, '0.0001'],
    [-0.00025, '-0.00025000000000000001'],
    [1e300, '1.0000000000000001e+300'],
    [5e-324, '4.9406564584124654e-324'],
    [0.6, '0.59999999999999998'],
    [-Infinity, '-inf'],
  ])('prints %d as %s', (value, text) => {
    expect(formatDouble(value)).toBe(text);
  });

  it.each(['', ' 1', '1 ', '01', '+1', '-0', '1.0', '9223372036854775808', '1e3', '0x1'])(
    '%j is no integer',
    (text) => {
      expect(parseInt64(text)).toBeUndefined();
    },
  );

  it.each(['', ' 1', 'nan', '1e', '1e400', '.', 'e5', '--1', '1_0'])('%j is no float', (text) => {
    expect(parseFloat64(text)).toBeUndefined();
  });

  it('adds decimals exactly', () => {
    expect(addDecimals('0.1', '0.2')).toEqual({ text: '0.3' });
    expect(addDecimals('-10.5', '10.50')).toEqual({ text: '0' });
    expect(addDecimals('1e300', '1')).toMatchObject({ text: expect.stringMatching(/^1\d{300}$/) as string });
    expect(addDecimals('1', 'x')).toBe('not a number');
    expect(addDecimals('inf', '1')).toBe('not finite');
  });
});
