// Traces of a consumer, where a collector is named; else nothing of OpenTelemetry is even loaded.
import type { Settings } from '../config/settings.ts';
import { NO_METRICS, type StreamMetrics } from '../stream/stream-metrics.ts';
import type { StreamTraces } from '../stream/stream-traces.ts';
import type { Log } from '../telemetry/logger.ts';

export interface ConsumerTraces {
  readonly traces: StreamTraces;
  /** To be told of what the stream reports. */
  readonly metrics: StreamMetrics;
  stop(): Promise<void>;
}

export async function startTraces(settings: Settings, log: Log): Promise<ConsumerTraces | undefined> {
  const { otlpEndpoint: endpoint, groupId, transactionsTopic, scoresTopic } = settings;
  if (endpoint === undefined) return undefined;
  const { startOpenTelemetry } = await import('../telemetry/traces/open-telemetry.ts');
  const running = startOpenTelemetry({ endpoint, stream: { groupId, transactionsTopic, scoresTopic }, log });
  const { traces } = running;
  const metrics: StreamMetrics = {
    ...NO_METRICS,
    took: (stage, milliseconds) => traces.took(stage, milliseconds),
    retried: (cause) => traces.retried(cause),
    published: (batch) => traces.published(batch),
  };
  return { traces, metrics, stop: () => running.stop() };
}
