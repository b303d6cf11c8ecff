// Promise: a transaction's trace goes on in its outcome, and no card number with it.
import { trace } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { BatchTraces } from '../../../../src/telemetry/traces/batch-traces.ts';

const CARD = '4111111111111111';
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const traces = new BatchTraces(trace.getTracer('test'), { groupId: 'g', transactionsTopic: 't', scoresTopic: 's' });
const carried = (headers: Readonly<Record<string, string | Buffer | string[]>>) => traces.headersOf({ headers });

it('carries both headers on as they came', () => {
  const headers = { traceparent, tracestate: Buffer.from('rojo=00f067aa0ba902b7,congo=t61rcWkgMzE') };
  expect(carried(headers)).toEqual({ traceparent, tracestate: 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE' });
});

it('carries a traceparent on whose id happens to look like a card number', () => {
  const lookalike = '00-4111111111111111ab8448eb211c8031-b7ad6b7169203331-01';
  expect(carried({ traceparent: lookalike, tracestate: 'a=1' })).toEqual({ traceparent: lookalike, tracestate: 'a=1' });
});

it.each([`shop=${CARD}`, 'a=1,shop=4111-1111-1111-1111', ['a=1', `shop=${CARD}`]])(
  'leaves out a tracestate that holds a card number: %s',
  (tracestate) => expect(carried({ traceparent, tracestate })).toEqual({ traceparent }),
);

it('takes a card number for no trace', () => {
  expect(carried({ traceparent: CARD, tracestate: 'a=1' })).toEqual({});
});
