// A trace for each transaction that a replay writes: it begins here, and its context travels with the record.
import { SpanKind, type Tracer } from '@opentelemetry/api';
import { headersFor } from './context.ts';
import { endBadly } from './ended-span.ts';
import { messagingAttributes } from './span-attributes.ts';

export interface SentTrace {
  /** What the record carries on. */
  readonly headers: Readonly<Record<string, string>>;
  /** The broker has the record; or, for this reason, it could not be written. */
  end(cause?: unknown): void;
}

export class SentTraces {
  readonly #tracer: Tracer;
  readonly #topic: string;

  constructor(tracer: Tracer, topic: string) {
    this.#tracer = tracer;
    this.#topic = topic;
  }

  /** A transaction is about to be written. */
  begin(partition: number): SentTrace {
    const attributes = messagingAttributes('send', 'send', this.#topic, partition);
    const span = this.#tracer.startSpan(`send ${this.#topic}`, { kind: SpanKind.PRODUCER, attributes, root: true });
    return {
      headers: headersFor(span),
      end: (cause) => (cause === undefined ? span.end() : endBadly(span, cause)),
    };
  }
}
