// How a consumer stores again what its engine has lost, where it is told to (--provision-missing).
import type { Settings } from '../config/settings.ts';
import { provisionMissing } from '../provision/provision-missing.ts';
import type { ProvisionShard } from '../stream/shards.ts';
import { engineAddress, withRedis } from './redis-client.ts';
import { scorerFiles } from './scorer-files.ts';

/** Undefined where the consumer is to end instead. @throws FraudstreamError where a file cannot be read */
export async function missingProvisioner(settings: Settings, url: string): Promise<ProvisionShard | undefined> {
  if (!settings.provisionMissing) return undefined;
  // Read at the start: a file that is not there is noticed now, and not in the night when it is needed.
  const files = await scorerFiles(settings);
  const address = engineAddress(settings, url);
  return (answeredLast, tag) =>
    withRedis(address, tag, (redis) => provisionMissing(redis, { ...files, tag }, answeredLast));
}
