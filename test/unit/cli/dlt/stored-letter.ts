// A dead letter as tests need it.
import type { DeadLetter } from '../../../../src/contracts/dead-letter.ts';
import type { StoredLetter } from '../../../../src/cli/dlt/stored-letter.ts';
import type { TopicRecord } from '../../../../src/cli/topic-reader.ts';

export function storedLetter(record: Partial<TopicRecord> = {}, letter: Partial<DeadLetter> = {}): StoredLetter {
  const whole = { partition: 0, offset: 0, timestamp: 0, key: null, value: null, headers: {}, ...record };
  return {
    position: `${whole.partition}:${whole.offset}`,
    record: whole,
    letter: {
      ...{ sourceTopic: 'transactions', sourcePartition: 0, sourceOffset: '5', sourceTimestamp: '1' },
      ...{ stage: 'decode', errorClass: 'truncated', reason: 'the value ends early', attempts: 1, origin: '' },
      ...{ modelDigest: 'none', payloadBytes: 0, payloadTruncated: false },
      ...letter,
    },
  };
}
