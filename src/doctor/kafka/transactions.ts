// Check: the brokers let this user run Kafka transactions, without which no score is published exactly once.
import { isDenied } from '../../core/kafka-refusal.ts';
import type { Check } from '../examine.ts';
import { error, ok } from '../finding.ts';
import type { KafkaPeer } from './kafka-peer.ts';
import { aclCommand } from './acl-command.ts';

export const TRANSACTIONS: Check<KafkaPeer> = {
  name: 'transactions',
  look: async ({ plan, tryTransaction }) => {
    if (plan.delivery !== 'exactly-once') return [ok('not used: DELIVERY is at-least-once')];
    const id = `${plan.groupId}.doctor`;
    try {
      await tryTransaction(id);
      return [ok(`a Kafka transaction can be begun and aborted as ${id}`)];
    } catch (cause) {
      if (!isDenied(cause)) throw cause;
      const rights = `--operation Write --operation Describe --transactional-id ${plan.groupId}. --resource-pattern-type prefixed`;
      return [error(`this user may not run Kafka transactions as ${plan.groupId}.*`, aclCommand(rights))];
    }
  },
};
