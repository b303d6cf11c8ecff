// Traces of a consumer and of a replay, where a collector is named; else nothing of OpenTelemetry is even loaded.
import type { Settings } from '../config/settings.ts';
import { NO_METRICS, type StreamMetrics } from '../stream/stream-metrics.ts';
import type { StreamTraces } from '../stream/stream-traces.ts';
import type { Log } from '../telemetry/logger.ts';
import type { BatchTraces } from '../telemetry/traces/batch-traces.ts';
import type { SentTraces } from '../telemetry/traces/sent-traces.ts';

export interface RunningTraces {
  /** For a consumer, which hands it what it works on. */
  readonly batches: StreamTraces;
  /** To be told of what the stream reports. */
  readonly metrics: StreamMetrics;
  /** For a replay. */
  readonly sent: SentTraces;
  stop(): Promise<void>;
}

export async function startTraces(settings: Settings, log: Log): Promise<RunningTraces | undefined> {
  const { otlpEndpoint: endpoint, groupId, transactionsTopic, scoresTopic } = settings;
  if (endpoint === undefined) return undefined;
  const [{ startOpenTelemetry }, { BatchTraces }, { SentTraces }] = await Promise.all([
    import('../telemetry/traces/open-telemetry.ts'),
    import('../telemetry/traces/batch-traces.ts'),
    import('../telemetry/traces/sent-traces.ts'),
  ]);
  const { tracer, ...running } = startOpenTelemetry({ endpoint, log });
  const batches = new BatchTraces(tracer, { groupId, transactionsTopic, scoresTopic });
  return { batches, metrics: metricsOf(batches), sent: new SentTraces(tracer, transactionsTopic), ...running };
}

const metricsOf = (batches: BatchTraces): StreamMetrics => ({
  ...NO_METRICS,
  took: (stage, milliseconds, count) => batches.took(stage, milliseconds, count),
  retried: (cause) => batches.retried(cause),
  published: (batch) => batches.published(batch),
});
