// What the console consumer prints has to be read back byte for byte: all figures of the fault suite rest on it.
import { describe, expect, it } from 'vitest';
import { deadLetterHeaders, type DeadLetter } from '../../../src/contracts/dead-letter.ts';
import { FIELD_END, HEADER_END, parseConsoleRecord, unescapeBytes } from '../../faults/rig/console-record.ts';

const line = (headers: string, value: string): string => ['Partition:2', 'Offset:17', headers, value].join(FIELD_END);

describe('a record as the console consumer prints it', () => {
  it('is a score with its place', () => {
    const record = parseConsoleRecord(line('NO_HEADERS', '{"score":0.25,"transactionId":"a\\\\x5C"}'), 5);
    expect(record).toMatchObject({ kind: 'score', partition: 2, offset: 17, readMs: 5 });
  });

  it('is a dead letter with its headers and its bytes', () => {
    const letter: DeadLetter = {
      ...{ sourceTopic: 'in', sourcePartition: 2, sourceOffset: '40', sourceTimestamp: '1', stage: 'decode' },
      ...{ errorClass: 'truncated', reason: 'ends: early', attempts: 0, origin: '', modelDigest: 'none' },
      ...{ payloadBytes: 3, payloadTruncated: false },
    };
    const headers = Object.entries(deadLetterHeaders(letter)).map(([name, text]) => `${name}:${text}`);
    const record = parseConsoleRecord(line(headers.join(HEADER_END), 'a\\x00\\xFF'), 5);
    expect(record).toMatchObject({ kind: 'dead-letter', letter, payload: Buffer.from([0x61, 0, 255]) });
  });

  it('is refused where it has another form', () => {
    expect(() => parseConsoleRecord('Processed a total of 3 messages', 5)).toThrow('Partition:');
  });

  it('has every byte once the escapes are undone', () => {
    expect(unescapeBytes('\\xC3\\x01 \\x5C~')).toEqual(Buffer.from([0xc3, 1, 0x20, 0x5c, 0x7e]));
  });
});
