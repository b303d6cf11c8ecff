// What the stream reports, as log lines: one per published batch, none where nothing happens.
import { NO_METRICS, type StreamMetrics } from '../stream/stream-metrics.ts';
import type { Log } from '../telemetry/logger.ts';

export function logMetrics(log: Log): StreamMetrics {
  return {
    ...NO_METRICS,
    published: ({ partition, scores, frauds, deadLetters, lag, latencyMsMax }) => {
      const level = deadLetters.length > 0 ? 'warn' : 'info';
      log[level](
        { partition, scores, frauds, deadLetters: deadLetters.length, lag, latencyMsMax: Math.round(latencyMsMax) },
        'batch published',
      );
    },
    retried: (cause) => {
      log.debug({ cause }, 'batch retried');
    },
  };
}
