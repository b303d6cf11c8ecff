// What is looked at in Kafka, in this order.
import type { Check } from '../examine.ts';
import { BROKERS } from './brokers.ts';
import { GROUP } from './group.ts';
import type { KafkaPeer } from './kafka-peer.ts';
import { RECORDS } from './records.ts';
import { TOPICS } from './topics.ts';
import { TRANSACTIONS } from './transactions.ts';

export const KAFKA_CHECKS: readonly Check<KafkaPeer>[] = [BROKERS, TOPICS, TRANSACTIONS, GROUP, RECORDS];
