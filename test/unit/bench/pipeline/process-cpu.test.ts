// Promise: processor time is read of the process that is meant, and never made up.
import { describe, expect, it } from 'vitest';
import { processCpuSeconds } from '../../../../src/bench/pipeline/process-cpu.ts';

describe.skipIf(process.platform !== 'linux')('processor time of a process (Linux only)', () => {
  it('is what the process itself counts', () => {
    const { user, system } = process.cpuUsage();
    const counted = processCpuSeconds(process.pid)!;
    expect(Math.abs(counted - (user + system) / 1e6)).toBeLessThan(1);
    expect(counted).toBeGreaterThan(0);
  });

  it('is unknown of a process that is not there', () => {
    expect(processCpuSeconds(2 ** 30)).toBeUndefined();
    expect(processCpuSeconds(undefined)).toBeUndefined();
  });
});
