// A line of the list and of the summary: what stands in it, and nothing that a terminal would obey.
import { describe, expect, it } from 'vitest';
import { letterLine, letterObject } from '../../../../src/cli/dlt/letter-line.ts';
import { LetterSummary } from '../../../../src/cli/dlt/letter-summary.ts';
import { storedLetter } from './stored-letter.ts';

describe('a line of the list', () => {
  it('names place, source, time, stage, class, attempts, transaction and reason', () => {
    const line = letterLine(storedLetter({ partition: 1, offset: 7, key: Buffer.from('id-1') }), true);
    expect(line.split(/ {2,}/)).toEqual([
      ...['1:7', 'transactions:0:5', '1970-01-01T00:00:00Z', 'decode', 'truncated', '1', 'yes', 'id-1'],
      'the value ends early',
    ]);
  });

  it('holds no control characters, whatever a peer or a key said', () => {
    const stored = storedLetter({ key: Buffer.from('\u001b[2J') }, { reason: 'a\u001b[31m\nb' });
    expect(letterLine(stored, false)).not.toMatch(/\p{Cc}/u);
    expect(letterObject(stored, false)).toMatchObject({ transactionId: null, replayed: false });
  });
});

describe('a card number', () => {
  it('is in no list, nor in a reason that another program wrote', () => {
    const stored = storedLetter({ key: Buffer.from('4111111111111111') }, { reason: 'offset 7 4111 1111 1111 1111' });
    const listed = letterLine(stored, false) + JSON.stringify(letterObject(stored, false));
    expect(listed).toMatch(/\[card …1111\].*\[card …1111\]/);
    expect(listed).not.toMatch(/4111[ -]?1111/);
  });
});

describe('a summary', () => {
  it('counts by stage and class, the most frequent first', () => {
    const summary = new LetterSummary();
    summary.add(storedLetter({ timestamp: 0 }), false);
    summary.add(storedLetter({ timestamp: 2000 }, { stage: 'score', errorClass: 'timed-out' }), true);
    summary.add(storedLetter({ timestamp: 5000 }, { stage: 'score', errorClass: 'timed-out' }), false);
    expect(summary.lines(true).map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        ...{ stage: 'score', errorClass: 'timed-out', letters: 2, replayed: 1 },
        ...{ oldest: '1970-01-01T00:00:02Z', newest: '1970-01-01T00:00:05Z' },
      },
      {
        ...{ stage: 'decode', errorClass: 'truncated', letters: 1, replayed: 0 },
        ...{ oldest: '1970-01-01T00:00:00Z', newest: '1970-01-01T00:00:00Z' },
      },
    ]);
    expect(summary.lines(false)[0]).toMatch(/^ {7}2 {2}score.*timed-out.*, 1 replayed$/);
  });
});
