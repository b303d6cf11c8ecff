// Settings → Kafka and engine: at the addresses that a person gave, or started here.
import { defaultCacheFolder, type LoadedSettings } from '../config/load-settings.ts';
import { bringUp, type Running } from '../local/where-it-runs.ts';
import { mainModuleArguments } from './main-module.ts';

/**
 * `redisaiUrl` is the settings' own unless an engine was started here already.
 * @throws FraudstreamError that says what to install or set
 */
export function bringUpAsSet(
  settings: LoadedSettings,
  progress: (words: string) => void,
  redisaiUrl = settings.given.has('redisaiUrl') ? settings.redisaiUrl : undefined,
): Promise<Running> {
  return bringUp({
    brokers: settings.given.has('kafkaBrokers') ? settings.kafkaBrokers.join(',') : undefined,
    redisaiUrl,
    containers: settings.dockerUse,
    cacheFolder: settings.cacheFolder ?? defaultCacheFolder(),
    javaHome: settings.javaHome,
    nodeArguments: mainModuleArguments(),
    progress,
  });
}
