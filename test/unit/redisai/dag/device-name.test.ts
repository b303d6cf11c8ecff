import { expect, it } from 'vitest';
import { isDeviceName, isGpu } from '../../../../src/redisai/dag/device-name.ts';

it.each(['CPU', 'cpu', 'CPU:', 'CPU:0', 'Gpu:12', 'CPU:123456'])('takes %s for a device', (name) => {
  expect(isDeviceName(name)).toBe(true);
});

it.each(['', 'XPU', 'CPU0', 'CPU:a', 'CPU:-1', 'CPU:1234567', 'CPU:1:1', ' CPU'])('takes %j for none', (name) => {
  expect(isDeviceName(name)).toBe(false);
});

it('knows a GPU in any case', () => {
  expect(isGpu('gpu:1')).toBe(true);
  expect(isGpu('CPU:1')).toBe(false);
});
