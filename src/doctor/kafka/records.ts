// Check: the newest transactions on the topic are of a schema that can be read, and their clock is this machine's.
import { kafkaRefusal } from '../../core/kafka-refusal.ts';
import type { Check } from '../examine.ts';
import { error, ok, warning, type Finding } from '../finding.ts';
import { decodeRecords } from '../../stream/decode.ts';
import type { SourceRecord } from '../../stream/source-record.ts';
import type { KafkaPeer } from './kafka-peer.ts';

const SKEW_MS_MAX = 5_000;

export const RECORDS: Check<KafkaPeer> = {
  name: 'records',
  look: async (peer) => {
    const records = await sampleOf(peer);
    if (records === undefined) return [];
    if (records.length === 0) return [ok(`${peer.plan.transactionsTopic} holds no record to look at`)];
    const { faults } = decodeRecords(records, await peer.schemasOf(records), peer.plan.entityField);
    return [...schemaFindings(records, [...faults.values()]), ...clockFindings(records, peer.now())];
  },
};

/** Undefined where the topic is not there: another check has said so. */
async function sampleOf({ sample }: KafkaPeer): Promise<readonly SourceRecord[] | undefined> {
  return sample().catch((cause: unknown) => {
    const isMissing =
      kafkaRefusal(cause) === 'UNKNOWN_TOPIC_OR_PARTITION' || (cause as { code?: unknown }).code === 'TOPIC_MISSING';
    if (isMissing) return undefined;
    throw cause;
  });
}

function schemaFindings(
  records: readonly SourceRecord[],
  faults: readonly { readonly errorClass: string; readonly reason: string }[],
): Finding[] {
  if (faults.length === 0) return [ok(`the newest ${records.length} transactions can be read`)];
  const { errorClass, reason } = faults[0]!;
  const words = `${faults.length} of the newest ${records.length} transactions cannot be read: ${errorClass}: ${reason}`;
  const next = 'mend what writes them, or set SCHEMA_REGISTRY_URL; what cannot be read becomes a dead letter';
  return [faults.length === records.length ? error(words, next) : warning(words, next)];
}

/** A record cannot have been written later than now. */
function clockFindings(records: readonly SourceRecord[], nowMs: number): Finding[] {
  const aheadMs = Math.max(...records.map(({ timestamp }) => timestamp)) - nowMs;
  if (aheadMs <= SKEW_MS_MAX) return [];
  const words = `the newest transaction was written ${Math.round(aheadMs / 1000)} s in the future`;
  return [warning(words, 'set the clocks of its producer, of the brokers and of this machine by one time server')];
}
