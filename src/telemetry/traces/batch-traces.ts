// What the stream reports, as spans: one for each batch, linked to what its transactions belong to, one for each stage in it, and
// one for each of those transactions in the trace that it came with.
import { AsyncLocalStorage } from 'node:async_hooks';
import {
  ROOT_CONTEXT,
  SpanKind,
  trace,
  type Attributes,
  type Link,
  type Span,
  type TimeInput,
  type Tracer,
} from '@opentelemetry/api';
import { carriedOn, contextOf, headersFor, sampledContextOf, type Headers } from './context.ts';
import { endBadly } from './ended-span.ts';
import { messagingAttributes, redisAttributes } from './span-attributes.ts';

/** Names that spans carry. */
export interface TracedStream {
  readonly groupId: string;
  readonly transactionsTopic: string;
  readonly scoresTopic: string;
}

/** Of a record of the stream, what is looked at; of its headers only the context. */
export interface TracedRecord {
  readonly headers?: Headers | undefined;
}

export interface TracedBatch {
  readonly partition: number;
  readonly records: readonly TracedRecord[];
}

export interface TracedOutcome {
  readonly kind: string;
  readonly record: TracedRecord & { readonly offset: number };
}

export interface TracedPublishing {
  readonly outcomes: readonly TracedOutcome[];
  readonly scores: number;
  readonly deadLetters: readonly unknown[];
}

interface BatchAtWork {
  readonly span: Span;
  readonly startTime: TimeInput;
  readonly partition: number;
}

interface StageSpan {
  readonly name: string;
  readonly kind: SpanKind;
  attributes(partition: number, count: number): Attributes;
}

/** Further transactions of a batch go without a link and without a span, as OpenTelemetry itself bounds links. */
const TRACED_MAX = 128;

export class BatchTraces {
  readonly #tracer: Tracer;
  readonly #stream: TracedStream;
  readonly #batches = new AsyncLocalStorage<BatchAtWork>();
  readonly #stages: Readonly<Record<string, StageSpan>>;

  constructor(tracer: Tracer, stream: TracedStream) {
    this.#tracer = tracer;
    this.#stream = stream;
    this.#stages = stageSpans(stream);
  }

  batch<Result>({ partition, records }: TracedBatch, work: () => Promise<Result>): Promise<Result> {
    const { groupId, transactionsTopic } = this.#stream;
    const attributes = {
      ...messagingAttributes('process', 'process', transactionsTopic, partition),
      'messaging.consumer.group.name': groupId,
      'messaging.batch.message_count': records.length,
    };
    const startTime = Date.now();
    const options = { kind: SpanKind.CONSUMER, attributes, links: linksTo(records), root: true, startTime };
    const span = this.#tracer.startSpan(`process ${transactionsTopic}`, options);
    return this.#batches.run({ span, startTime, partition }, () => work().then(endsWell(span), endsBadly(span)));
  }

  headersOf({ headers }: TracedRecord): Readonly<Record<string, string>> {
    if (headers !== undefined && contextOf(headers) !== undefined) return carriedOn(headers);
    const batch = this.#batches.getStore();
    return batch === undefined ? {} : headersFor(batch.span);
  }

  /** A stage of the batch at work is over, so long after it began; so many records or calls went through it. */
  took(stage: string, milliseconds: number, count: number): void {
    const batch = this.#batches.getStore();
    const known = this.#stages[stage];
    if (batch === undefined || known === undefined) return;
    const endTime = Date.now();
    const { name, kind } = known;
    const attributes = known.attributes(batch.partition, count);
    const options = { kind, attributes, startTime: endTime - milliseconds };
    this.#tracer.startSpan(name, options, trace.setSpan(ROOT_CONTEXT, batch.span)).end(endTime);
  }

  retried(cause: string): void {
    this.#batches.getStore()?.span.addEvent('retried', { cause });
  }

  published({ outcomes, scores, deadLetters }: TracedPublishing): void {
    const batch = this.#batches.getStore();
    if (batch === undefined) return;
    batch.span.addEvent('published', { scores, dead_letters: deadLetters.length });
    let traced = 0;
    for (const outcome of outcomes) {
      if (this.#scored(outcome, batch)) traced++;
      if (traced === TRACED_MAX) break;
    }
  }

  /** So that a transaction's own trace goes on up to its score. @returns false where it has none */
  #scored({ kind, record }: TracedOutcome, { span, startTime, partition }: BatchAtWork): boolean {
    const parent = sampledContextOf(record.headers);
    if (parent === undefined) return false;
    const { groupId, transactionsTopic } = this.#stream;
    const attributes = {
      ...messagingAttributes('score', 'process', transactionsTopic, partition),
      'messaging.consumer.group.name': groupId,
      'messaging.kafka.offset': record.offset,
      'fraudstream.outcome': kind,
    };
    const options = { kind: SpanKind.CONSUMER, attributes, links: [{ context: span.spanContext() }], startTime };
    this.#tracer.startSpan(`score ${transactionsTopic}`, options, trace.setSpanContext(ROOT_CONTEXT, parent)).end();
    return true;
  }
}

const stageSpans = ({ scoresTopic }: TracedStream): Readonly<Record<string, StageSpan>> => ({
  decode: { name: 'decode', kind: SpanKind.INTERNAL, attributes: () => ({}) },
  lookup: {
    name: 'lookup',
    kind: SpanKind.CLIENT,
    attributes: (_partition, count) => redisAttributes('ZREVRANGEBYSCORE', count),
  },
  dag: {
    name: 'dag',
    kind: SpanKind.CLIENT,
    attributes: (_partition, count) => redisAttributes('AI.DAGEXECUTE', count),
  },
  publish: {
    name: `send ${scoresTopic}`,
    kind: SpanKind.PRODUCER,
    attributes: (partition, count) => ({
      ...messagingAttributes('send', 'send', scoresTopic, partition),
      'messaging.batch.message_count': count,
    }),
  },
});

/** One for each trace: transactions of one trace usually came in one request. */
function linksTo(records: readonly TracedRecord[]): Link[] {
  const links = new Map<string, Link>();
  for (const { headers } of records) {
    const context = sampledContextOf(headers);
    if (context !== undefined && !links.has(context.traceId)) links.set(context.traceId, { context });
    if (links.size === TRACED_MAX) break;
  }
  return [...links.values()];
}

const endsWell =
  (span: Span) =>
  <Result>(result: Result): Result => {
    span.end();
    return result;
  };

const endsBadly =
  (span: Span) =>
  (error: unknown): never => {
    endBadly(span, error);
    throw error;
  };
