// The context of a trace as a record carries it: the headers `traceparent` and `tracestate` of W3C.
import {
  defaultTextMapSetter,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  type Span,
  type SpanContext,
  type TextMapGetter,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { scrubForeign } from '../../core/card-numbers.ts';

/** Kafka's are bytes; a name that comes twice has a list, which is no context. */
export type Headers = Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;

const W3C = new W3CTraceContextPropagator();
const CONTEXT_HEADERS = ['traceparent', 'tracestate'] as const;
const HEADERS: TextMapGetter<Headers> = {
  keys: () => [...CONTEXT_HEADERS],
  get: (headers, name) => (headers[name] === undefined ? undefined : String(headers[name])),
};

/** Undefined where there is none that can be read. */
export function contextOf(headers: Headers | undefined): SpanContext | undefined {
  return headers?.['traceparent'] === undefined
    ? undefined
    : trace.getSpanContext(W3C.extract(ROOT_CONTEXT, headers, HEADERS));
}

/** The same where its trace is kept by whoever began it; without `tracestate`, which is anybody's words. */
export function sampledContextOf(headers: Headers | undefined): SpanContext | undefined {
  const context = contextOf(headers);
  if (context === undefined || (context.traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
  const { traceId, spanId, traceFlags } = context;
  return { traceId, spanId, traceFlags, isRemote: true };
}

/**
 * As they came; `tracestate` is anybody's words. With a card number among them it is left out, as the standard allows: it may not be
 * changed.
 */
export function carriedOn(headers: Headers): Record<string, string> {
  const texts = CONTEXT_HEADERS.filter((name) => headers[name] !== undefined).map((name) => [
    name,
    String(headers[name]),
  ]);
  // The digits of a `traceparent` are an id's, drawn at random: among many some look like a card number.
  const isFit = ([name, text]: readonly string[]): boolean => name === 'traceparent' || scrubForeign(text!) === text;
  return Object.fromEntries(texts.filter(isFit)) as Record<string, string>;
}

/** What a record carries that belongs to this span. */
export function headersFor(span: Span): Record<string, string> {
  const carrier: Record<string, string> = {};
  W3C.inject(trace.setSpan(ROOT_CONTEXT, span), carrier, defaultTextMapSetter);
  return carrier;
}
