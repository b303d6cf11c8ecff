// What an engine tells of itself in INFO.
import type { Redis } from 'ioredis';

/** Processor time of its process since it started. */
export async function cpuMicroseconds(redis: Redis): Promise<number> {
  const info = await redis.info('cpu');
  return 1e6 * (field(info, 'used_cpu_user') + field(info, 'used_cpu_sys'));
}

export async function residentBytes(redis: Redis): Promise<number> {
  return field(await redis.info('memory'), 'used_memory_rss');
}

function field(info: string, name: string): number {
  return Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1] ?? NaN);
}
