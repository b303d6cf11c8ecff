// Takes out of an engine what was provisioned for a bench: it may be a person's own.
import type { Redis } from 'ioredis';
import { modelKey, referencesKey, scriptKey } from '../contracts/engine-keys.ts';

export async function removeProvisioned(redis: Redis, tag: string, devices: readonly string[]): Promise<void> {
  const hashes = await redis.zrevrangeBuffer(referencesKey(tag), 0, -1);
  const models = devices.map((device) => modelKey(tag, device));
  await redis.del(...models, scriptKey(tag), referencesKey(tag), ...hashes);
}
