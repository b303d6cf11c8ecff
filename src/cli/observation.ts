// What a running consumer shows of itself over HTTP, for the commands that run one.
import { readFileSync } from 'node:fs';
import type { LoadedSettings } from '../config/load-settings.ts';
import { shardTags } from '../contracts/shard-tags.ts';
import { FraudstreamError } from '../core/errors.ts';
import { packageFile } from '../core/package-root.ts';
import { ConsumerWatch, type Watched } from '../observe/consumer-watch.ts';
import { referenceHistogram, scoreDrift } from '../observe/drift.ts';
import { startHttpServer, type RunningHttpServer } from '../observe/http/http-server.ts';
import type { Route } from '../observe/http/route.ts';
import { isLoopback } from '../observe/http/security-headers.ts';
import { startLivePage } from '../observe/live/live-page.ts';
import type { Snapshot } from '../observe/live/snapshot.ts';
import { observationRoutes } from '../observe/observation-routes.ts';
import { StreamTally } from '../observe/stream-tally.ts';
import type { Log } from '../telemetry/logger.ts';
import { engineAddress } from './redis-client.ts';

export interface Observation {
  /** To be told of everything that the stream reports. */
  readonly tally: StreamTally;
  /** Where the page is; undefined where nothing is served. */
  readonly url: string | undefined;
  /** From now on health and lag are those of this consumer. @returns what ends that, before the consumer is stopped */
  watch(consumer: Watched): () => void;
  stop(): Promise<void>;
}

/** @throws FraudstreamError where the port that was asked for is taken */
export async function startObservation(
  settings: LoadedSettings,
  log: Log,
  redisaiUrl = settings.redisaiUrl,
): Promise<Observation> {
  const reference = referenceHistogram(readFileSync(packageFile('models', 'manifest.json'), 'utf8'));
  const tally = new StreamTally(reference?.bounds);
  const watch = new ConsumerWatch(undefined, (peer, reason) => {
    if (reason === undefined) log.info({}, `${peer} answers again`);
    else log.warn({ reason }, `${peer} does not answer; what comes in waits`);
  });
  const dagsInFlightMax = settings.inFlightMax * settings.shards;
  const observed = { tally, watch, dagsInFlightMax, drift: scoreDrift(reference, tally) };
  const { metricsHost, metricsPort, tag, shards, devices } = settings;
  if (metricsPort === 'off') return { tally, url: undefined, watch: () => () => {}, stop: () => Promise.resolve() };
  const mayRun = isLoopback(metricsHost);
  const door = { ...engineAddress(settings, redisaiUrl), tags: shardTags(tag, shards), devices, mayRun };
  const page = startLivePage({ tally, watch, stream: streamOf(settings) }, door);
  const server = await serve(settings, log, metricsPort, [...observationRoutes(observed), ...page.routes]);
  return {
    tally,
    url: server.url,
    watch: (consumer) => {
      watch.start(consumer);
      return () => watch.stop();
    },
    stop: async () => {
      page.stop();
      await server.stop();
    },
  };
}

async function serve(
  settings: LoadedSettings,
  log: Log,
  port: number,
  routes: readonly Route[],
): Promise<RunningHttpServer> {
  const options = {
    host: settings.metricsHost,
    routes,
    failed: (reason: string, path: string) => log.error({ path, reason }, 'a request could not be answered'),
  };
  const server = await startHttpServer({ ...options, port }).catch((error: unknown) => {
    // A second consumer on this machine is nothing wrong; a port that a person asked for is.
    const isDefault = !settings.given.has('metricsPort');
    if (!isDefault || !(error instanceof FraudstreamError) || error.code !== 'METRICS_PORT_TAKEN') throw error;
    log.warn({ port }, 'the metrics port is taken; a free one serves instead');
    return startHttpServer({ ...options, port: 0 });
  });
  log.info({ url: server.url }, 'metrics, health and live page');
  return server;
}

function streamOf(settings: LoadedSettings): Snapshot['stream'] {
  const { groupId, transactionsTopic, scoresTopic, delivery, threshold, devices } = settings;
  return { groupId, transactionsTopic, scoresTopic, delivery, threshold, devices };
}
