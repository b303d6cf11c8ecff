// What Kafka's refusals mean: which end the consumer, and which only cost another attempt.
import { EXIT, FraudstreamError, fraudstreamErrorIn, messageOf } from '../../core/errors.ts';
import { kafkaRefusal } from '../../core/kafka-refusal.ts';

interface Refusal {
  readonly types: readonly string[];
  readonly code: string;
  readonly means: string;
  readonly next: string;
}

/** Everything that is not here may be over in a moment: another coordinator, a broker coming back, a fenced producer. */
const REFUSALS: readonly Refusal[] = [
  {
    types: ['UNKNOWN_TOPIC_OR_PARTITION', 'INVALID_TOPIC_EXCEPTION'],
    code: 'TOPIC_MISSING',
    means: 'a topic, or a partition of it, does not exist',
    next: 'create the topics; scores and dead letters need as many partitions as transactions have',
  },
  {
    types: [
      'TOPIC_AUTHORIZATION_FAILED',
      'GROUP_AUTHORIZATION_FAILED',
      'CLUSTER_AUTHORIZATION_FAILED',
      'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
      'SASL_AUTHENTICATION_FAILED',
    ],
    code: 'KAFKA_ACCESS_DENIED',
    means: 'Kafka does not let this user do what has to be done',
    next: 'allow: read the transactions, write scores and dead letters, the group, the transactional ids <group>.* (docs/security.md)',
  },
  {
    types: ['INVALID_TRANSACTION_TIMEOUT'],
    code: 'TRANSACTION_TIMEOUT_TOO_LONG',
    means: 'the broker allows no Kafka transaction this long',
    next: "raise the broker's transaction.max.timeout.ms",
  },
];

/** A FraudstreamError where trying again would not help, else the error as it was. */
export function kafkaError(error: unknown, topic?: string): unknown {
  // On the way to the broker something of ours may fail: a token that cannot be had.
  const own = fraudstreamErrorIn(error);
  if (own !== undefined) return own.retriable ? error : own;
  const refusal = REFUSALS.find(({ types }) => types.includes(kafkaRefusal(error) ?? ''));
  if (refusal === undefined) return error;
  const about = topic === undefined ? '' : ` (${topic})`;
  return new FraudstreamError(refusal.code, `${refusal.means}${about}: ${messageOf(error)}`, {
    next: refusal.next,
    exitCode: EXIT.config,
    cause: error,
  });
}

export function isTooLarge(error: unknown): boolean {
  return ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'].includes(kafkaRefusal(error) ?? '');
}

/** A newer producer has the transactional id. */
export function isFenced(error: unknown): boolean {
  return ['INVALID_PRODUCER_EPOCH', 'PRODUCER_FENCED'].includes(kafkaRefusal(error) ?? '');
}

/** The member is no longer, or not yet, part of the group's present generation. */
export function isMembershipLost(error: unknown): boolean {
  return ['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'NOT_COORDINATOR_FOR_GROUP'].includes(
    kafkaRefusal(error) ?? '',
  );
}
