// Promise: what a running consumer shows of itself, on the live page and where it is asked for its health, holds no card number.
import { expect, it } from 'vitest';
import { ConsumerWatch } from '../../../src/observe/consumer-watch.ts';
import { readiness } from '../../../src/observe/readiness.ts';
import { Suspects } from '../../../src/observe/suspects.ts';
import { fraudScore } from '../../helpers/fraud-score.ts';

const CARD = '4111111111111111';
const SHOWN = /4111[ -]?1111[ -]?1111[ -]?1111/;

it('not as the id of a transaction that is called fraud', () => {
  const suspects = new Suspects();
  for (const transactionId of [CARD, `id-${CARD}`, '4111 1111 1111 1111']) suspects.add(fraudScore({ transactionId }));
  const shown = JSON.stringify(suspects.newestFirst());
  expect(shown.match(/\[card …1111\]/g)).toHaveLength(3);
  expect(shown).not.toMatch(SHOWN);
});

it('not in the words of a Kafka or an engine that refuses', async () => {
  const watch = new ConsumerWatch(() => 0);
  const refused = (): Promise<never> => Promise.reject(new Error(`ERR no such key ${CARD}{tag}`));
  await watch.look({ partitions: refused, identify: refused });
  const reasons = JSON.stringify(readiness({ partitions: [0] }, watch));
  expect(reasons.match(/no such key \[card …1111\]\{tag\}/g)).toHaveLength(2);
  expect(reasons).not.toMatch(SHOWN);
});
