// The topics read again, over the simulated network: what a partition held, and what of it became dead letters.
import { parseDeadLetterHeaders } from '../../../src/contracts/dead-letter.ts';
import type { TopicTail } from '../../../src/stream/history/live-history.ts';
import type { Actor } from './scheduler.ts';
import type { World } from './world.ts';

const RECORDS_AT_ONCE = 3;

export function simulatedTail({ broker, network, input }: World, who: Actor): TopicTail {
  return {
    deadLetters: () =>
      network.call(who, () => {
        const letters = broker.log.filter(({ topic, isCommitted }) => topic === 'dead-letters' && isCommitted);
        return new Set(letters.map(({ message }) => Number(parseDeadLetterHeaders(message.headers!)!.sourceOffset)));
      }),
    records: async (_partition, from, to, take) => {
      const records = input.records.filter(({ offset }) => offset >= from && offset < to);
      for (let at = 0; at < records.length; at += RECORDS_AT_ONCE)
        await take(await network.call(who, () => records.slice(at, at + RECORDS_AT_ONCE)));
    },
  };
}
