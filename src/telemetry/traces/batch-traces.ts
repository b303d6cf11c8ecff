// What the stream reports, as spans: one for each batch, linked to what its transactions belong to, and one for each stage in it.
import { AsyncLocalStorage } from 'node:async_hooks';
import {
  defaultTextMapSetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Link,
  type Span,
  type SpanContext,
  type TextMapGetter,
  type Tracer,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { FraudstreamError } from '../../core/errors.ts';
import { scrubForeign, scrubText } from '../../core/card-numbers.ts';

/** Names that spans carry. */
export interface TracedStream {
  readonly groupId: string;
  readonly transactionsTopic: string;
  readonly scoresTopic: string;
}

/** Kafka's are bytes; a name that comes twice has a list, which is no context. */
type Headers = Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;

/** Of a record of the stream, what is looked at; of its headers only the context. */
export interface TracedRecord {
  readonly headers?: Headers | undefined;
}

export interface TracedBatch {
  readonly partition: number;
  readonly records: readonly TracedRecord[];
}

/** Further transactions of a batch go without a link, as OpenTelemetry itself bounds it. */
const LINKS_MAX = 128;

const W3C = new W3CTraceContextPropagator();
const FIELDS = ['traceparent', 'tracestate'] as const;
const HEADERS: TextMapGetter<Headers> = {
  keys: () => [...FIELDS],
  get: (headers, name) => (headers[name] === undefined ? undefined : String(headers[name])),
};

export class BatchTraces {
  readonly #tracer: Tracer;
  readonly #stream: TracedStream;
  readonly #batches = new AsyncLocalStorage<Span>();
  readonly #stages: Readonly<Record<string, { readonly name: string; readonly kind: SpanKind }>>;

  constructor(tracer: Tracer, stream: TracedStream) {
    this.#tracer = tracer;
    this.#stream = stream;
    this.#stages = {
      decode: { name: 'decode', kind: SpanKind.INTERNAL },
      lookup: { name: 'lookup', kind: SpanKind.CLIENT },
      dag: { name: 'dag', kind: SpanKind.CLIENT },
      publish: { name: `send ${stream.scoresTopic}`, kind: SpanKind.PRODUCER },
    };
  }

  batch<Result>({ partition, records }: TracedBatch, work: () => Promise<Result>): Promise<Result> {
    const { groupId, transactionsTopic } = this.#stream;
    const attributes = {
      'messaging.system': 'kafka',
      'messaging.operation.type': 'process',
      'messaging.operation.name': 'process',
      'messaging.destination.name': transactionsTopic,
      'messaging.destination.partition.id': String(partition),
      'messaging.consumer.group.name': groupId,
      'messaging.batch.message_count': records.length,
    };
    const options = { kind: SpanKind.CONSUMER, attributes, links: linksTo(records), root: true };
    const span = this.#tracer.startSpan(`process ${transactionsTopic}`, options);
    return this.#batches.run(span, () => work().then(endsWell(span), endsBadly(span)));
  }

  headersOf({ headers }: TracedRecord): Readonly<Record<string, string>> {
    const carried = headers !== undefined && contextOf(headers) !== undefined;
    const carrier: Record<string, string> = {};
    if (carried) {
      for (const name of FIELDS) if (isCarried(headers[name])) carrier[name] = String(headers[name]);
      return carrier;
    }
    const batch = this.#batches.getStore();
    if (batch === undefined) return carrier;
    W3C.inject(trace.setSpan(ROOT_CONTEXT, batch), carrier, defaultTextMapSetter);
    return carrier;
  }

  /** A stage of the batch at work is over, so long after it began. */
  took(stage: string, milliseconds: number): void {
    const batch = this.#batches.getStore();
    const known = this.#stages[stage];
    if (batch === undefined || known === undefined) return;
    const endTime = Date.now();
    const { name, kind } = known;
    const options = { kind, startTime: endTime - milliseconds };
    this.#tracer.startSpan(name, options, trace.setSpan(ROOT_CONTEXT, batch)).end(endTime);
  }

  retried(cause: string): void {
    this.#batches.getStore()?.addEvent('retried', { cause });
  }

  published({ scores, deadLetters }: { readonly scores: number; readonly deadLetters: readonly unknown[] }): void {
    this.#batches.getStore()?.addEvent('published', { scores, dead_letters: deadLetters.length });
  }
}

/** `tracestate` is anybody's words. With a card number among them it is left out, as the standard allows; it may not be changed. */
const isCarried = (header: Headers[string]): boolean =>
  header !== undefined && scrubForeign(String(header)) === String(header);

function contextOf(headers: Headers): SpanContext | undefined {
  return headers['traceparent'] === undefined
    ? undefined
    : trace.getSpanContext(W3C.extract(ROOT_CONTEXT, headers, HEADERS));
}

/** One for each trace: transactions of one trace usually came in one request. */
function linksTo(records: readonly TracedRecord[]): Link[] {
  const links = new Map<string, Link>();
  for (const { headers } of records) {
    const context = headers === undefined ? undefined : contextOf(headers);
    if (context !== undefined && !links.has(context.traceId)) links.set(context.traceId, { context: bare(context) });
    if (links.size === LINKS_MAX) break;
  }
  return [...links.values()];
}

/** Without `tracestate`: anybody's words, which need not go to the collector. */
const bare = ({ traceId, spanId, traceFlags }: SpanContext): SpanContext => ({
  ...{ traceId, spanId, traceFlags },
  isRemote: true,
});

const endsWell =
  (span: Span) =>
  <Result>(result: Result): Result => {
    span.end();
    return result;
  };

/** A batch that another member takes over is no failure; a message of ours may still quote what came from outside. */
const endsBadly =
  (span: Span) =>
  (error: unknown): never => {
    span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
    if (error instanceof FraudstreamError)
      span.setStatus({ code: SpanStatusCode.ERROR, message: scrubText(error.message) });
    span.end();
    throw error;
  };
