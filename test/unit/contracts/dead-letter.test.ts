// The headers of a dead letter: as the schema names them, bounded, and readable again.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deadLetterHeaders, parseDeadLetterHeaders, type DeadLetter } from '../../../src/contracts/dead-letter.ts';
import { packageFile } from '../../../src/core/package-root.ts';

const LETTER: DeadLetter = {
  sourceTopic: 'transactions',
  sourcePartition: 1,
  sourceOffset: '9007199254740993',
  sourceTimestamp: '1700000000000',
  stage: 'decode',
  errorClass: 'truncated',
  reason: 'the value ends before its last field',
  attempts: 1,
  origin: '',
  modelDigest: 'none',
  payloadBytes: 12,
  payloadTruncated: false,
};

describe('a dead letter', () => {
  it('comes back from its headers, as Kafka hands them out', () => {
    const headers = Object.entries(deadLetterHeaders(LETTER)).map(([name, text]) => [name, Buffer.from(text)]);
    expect(parseDeadLetterHeaders(Object.fromEntries(headers) as Record<string, Buffer>)).toEqual(LETTER);
  });

  it('has the headers that schemas/dead-letter.avsc names', () => {
    const schema = JSON.parse(readFileSync(packageFile('schemas', 'dead-letter.avsc'), 'utf8')) as {
      fields: { name: string }[];
    };
    const names = schema.fields.map((field) => field.name).filter((name) => name !== 'payload');
    expect(Object.keys(deadLetterHeaders(LETTER)).sort()).toEqual(names.sort());
  });

  it('quotes a peer at bounded length', () => {
    expect(deadLetterHeaders({ ...LETTER, reason: 'x'.repeat(10_000) })['reason']).toHaveLength(500);
  });

  it.each([{}, { stage: 'constructor', errorClass: 'truncated' }, { stage: 'decode', errorClass: 'toString' }])(
    'is not read from headers that are none: %j',
    (headers) => {
      expect(parseDeadLetterHeaders(headers)).toBeUndefined();
    },
  );
});
