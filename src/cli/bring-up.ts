// Settings → Kafka and engine: at the addresses that a person gave, or started here.
import { defaultCacheFolder, type LoadedSettings } from '../config/load-settings.ts';
import { bringUp, type Running, type WhereOptions } from '../local/where-it-runs.ts';
import { mainModuleArguments } from './main-module.ts';

/**
 * `redisaiUrl` is the settings' own unless an engine was started here already.
 * @throws FraudstreamError that says what to install or set
 */
export function bringUpAsSet(
  settings: LoadedSettings,
  progress: (words: string) => void,
  { life, redisaiUrl = givenEngine(settings) }: Pick<WhereOptions, 'life'> & Partial<Pick<WhereOptions, 'redisaiUrl'>>,
): Promise<Running> {
  return bringUp({
    life,
    brokers: settings.given.has('kafkaBrokers') ? settings.kafkaBrokers.join(',') : undefined,
    redisaiUrl,
    containers: settings.dockerUse,
    cacheFolder: settings.cacheFolder ?? defaultCacheFolder(),
    javaHome: settings.javaHome,
    nodeArguments: mainModuleArguments(),
    progress,
  });
}

function givenEngine({ given, redisaiUrl }: LoadedSettings): string | undefined {
  return given.has('redisaiUrl') ? redisaiUrl : undefined;
}
