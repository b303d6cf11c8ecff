// What a local Kafka needs before it can start in a second: jars, a formatted data folder, an archive of loaded classes.
// All of it lies in the user's cache, prepared once per Kafka version and Java version.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import { withLock } from '../cache-lock.ts';
import { runToEnd } from '../run-to-end.ts';
import { fetchJars, KAFKA_VERSION } from './jars.ts';
import { requireMaven, type Java } from './java.ts';
import { log4jProperties, serverProperties } from './properties.ts';

export interface KafkaCache {
  readonly java: Java;
  /** Class path of broker and console tools; the JVM itself expands the star. */
  readonly classPath: string;
  /** A data folder as `kafka-storage format` leaves it; copied for each broker. */
  readonly formatted: string;
  /** The class archive for this Java; it may not be there yet. */
  readonly archive: string;
  readonly brokerLog4j: string;
  readonly consoleLog4j: string;
}

const FORMAT_MS_MAX = 120_000;
/** Any cluster id will do: a local broker never meets another. */
const CLUSTER_ID = 'ZnJhdWRzdHJlYW1sb2NhbA';

export const cacheIsReady = (cache: KafkaCache): boolean =>
  [cache.formatted, cache.brokerLog4j, cache.consoleLog4j].every((file) => existsSync(file));

export function kafkaCache(cacheFolder: string, java: Java): KafkaCache {
  const home = join(cacheFolder, `kafka-${KAFKA_VERSION}`);
  return {
    java,
    classPath: join(home, 'lib', '*'),
    formatted: join(home, 'formatted'),
    archive: join(home, `classes-${java.version}.jsa`),
    brokerLog4j: join(home, 'log4j2.properties'),
    consoleLog4j: join(home, 'log4j2-quiet.properties'),
  };
}

/** Fills the cache where it is empty. @throws FraudstreamError MAVEN_MISSING, KAFKA_JARS_NOT_FETCHED, KAFKA_NOT_FORMATTED. */
export async function prepareCache(
  cacheFolder: string,
  cache: KafkaCache,
  progress: (words: string) => void,
): Promise<void> {
  if (cacheIsReady(cache)) return;
  await mkdir(cacheFolder, { recursive: true });
  await withLock(join(cacheFolder, `kafka-${KAFKA_VERSION}.lock`), async () => {
    if (cacheIsReady(cache)) return;
    const home = join(cacheFolder, `kafka-${KAFKA_VERSION}`);
    if (!existsSync(join(home, 'lib'))) {
      await requireMaven();
      progress(`fetching Apache Kafka ${KAFKA_VERSION} with Maven, once (about 50 MB)`);
    }
    await fetchJars(home);
    await writeFile(cache.brokerLog4j, log4jProperties('info'));
    await writeFile(cache.consoleLog4j, log4jProperties('error'));
    await formatOnce(home, cache);
  });
}

async function formatOnce(home: string, cache: KafkaCache): Promise<void> {
  if (existsSync(cache.formatted)) return;
  const staging = await mkdtemp(join(home, 'format-'));
  try {
    await writeFile(join(staging, 'properties'), serverProperties({ client: 1, controller: 2 }, join(staging, 'data')));
    const format = ['kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', join(staging, 'properties')];
    const options = ['-XX:TieredStopAtLevel=1', `-Dlog4j2.configurationFile=${cache.consoleLog4j}`];
    const { code, output } = await runToEnd(cache.java.command, [...options, '-cp', cache.classPath, ...format], {
      timeoutMs: FORMAT_MS_MAX,
    });
    if (code !== 0) throw notFormatted(output);
    await rename(join(staging, 'data'), cache.formatted);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

function notFormatted(output: string): FraudstreamError {
  return new FraudstreamError('KAFKA_NOT_FORMATTED', 'Kafka could not format its data folder', {
    cause: output.trim().slice(-2000),
    next: 'remove the cache folder (~/.cache/fraudstream) and try again',
    exitCode: EXIT.unavailable,
  });
}
