// How a span ends whose work failed.
import { SpanStatusCode, type Span } from '@opentelemetry/api';
import { FraudstreamError } from '../../core/errors.ts';
import { scrubText } from '../scrub.ts';

/** What another member takes over is no failure; a message of ours may still quote what came from outside. */
export function endBadly(span: Span, error: unknown): void {
  span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
  if (error instanceof FraudstreamError)
    span.setStatus({ code: SpanStatusCode.ERROR, message: scrubText(error.message) });
  span.end();
}
