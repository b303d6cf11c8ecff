// Spans to an OpenTelemetry collector, by OTLP over HTTP. Loaded only where traces are asked for.
import { diag, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Log } from '../logger.ts';
import { scrubText } from '../scrub.ts';

export interface OpenTelemetryOptions {
  /** As OTEL_EXPORTER_OTLP_ENDPOINT: without the path of the signal. */
  readonly endpoint: string;
  readonly log: Log;
}

export interface RunningTraces {
  readonly tracer: Tracer;
  /** Sends what is left, for as long as a process that stops may wait. */
  stop(): Promise<void>;
}

const STOP_MS_MAX = 3_000;

/** Sampler, headers, time-outs and resource come from the other variables of OpenTelemetry. */
export function startOpenTelemetry({ endpoint, log }: OpenTelemetryOptions): RunningTraces {
  const warn = (message: string): void => log.warn({ reason: scrubText(message) }, 'traces could not be sent');
  diag.setLogger({ error: warn, warn, info: () => {}, debug: () => {}, verbose: () => {} });
  const named = resourceFromAttributes({ 'service.name': 'fraudstream' });
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(named)
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` })),
    ],
  });
  return { tracer: provider.getTracer('fraudstream'), stop: () => withinLimit(provider.shutdown()) };
}

async function withinLimit(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, STOP_MS_MAX)));
  await Promise.race([work.catch(() => {}), limit]);
  clearTimeout(timer);
}
