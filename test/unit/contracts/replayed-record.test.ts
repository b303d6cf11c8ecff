// A replayed record remembers how often it was tried and where it first stood, however often it goes round.
import { describe, expect, it } from 'vitest';
import { parseReplayHeaders, replayHeaders } from '../../../src/contracts/replayed-record.ts';
import { storedLetter } from '../cli/dlt/stored-letter.ts';

const headersOf = (letter: Parameters<typeof storedLetter>[1]) =>
  replayHeaders(storedLetter({}, letter).letter, 'transactions.dlt:0:3');

describe('a replayed record', () => {
  it('names the dead letter, its attempts and its first place', () => {
    const headers = headersOf({ attempts: 1, sourcePartition: 2, sourceOffset: '9' });
    expect(headers['replayOf']).toBe('transactions.dlt:0:3');
    expect(parseReplayHeaders(headers)).toEqual({ attempts: 1, origin: 'transactions:2:9' });
  });

  it('keeps its first place when it is replayed again', () => {
    const again = headersOf({ attempts: 4, origin: 'transactions:2:9', sourceOffset: '77' });
    expect(parseReplayHeaders(again)).toEqual({ attempts: 4, origin: 'transactions:2:9' });
  });

  it.each([{}, { replayOf: 'x' }, { replayOf: 'x', replayAttempts: '1e9' }, { replayOf: 'x', replayAttempts: '-1' }])(
    'is not one without headers of ours: %j',
    (headers) => {
      expect(parseReplayHeaders(headers)).toBeUndefined();
    },
  );
});
