// Is this consumer doing its work? Decided by progress, not by an open port: a dead consumer in a live process is not ready.
import type { ConsumerWatch } from './consumer-watch.ts';
import type { StreamTally } from './stream-tally.ts';

export interface Check {
  readonly name: 'group' | 'kafka' | 'engine' | 'progress';
  readonly ok: boolean;
  /** What was seen, good or bad. */
  readonly reason: string;
}

/** Records that wait for so long with none of them handled are not being worked on. */
export const STILL_MS_MAX = 30_000;

type Watch = Pick<ConsumerWatch, 'partitions' | 'modelDigest' | 'kafkaTrouble' | 'engineTrouble'>;

export function readiness(tally: Pick<StreamTally, 'partitions'>, watch: Watch): readonly Check[] {
  return [groupCheck(tally.partitions), kafkaCheck(watch), engineCheck(watch), progressCheck(watch)];
}

export const isReady = (checks: readonly Check[]): boolean => checks.every(({ ok }) => ok);

function groupCheck(partitions: readonly number[] | undefined): Check {
  if (partitions === undefined) return { name: 'group', ok: false, reason: 'not in the consumer group yet' };
  const reason =
    partitions.length === 0
      ? 'standing by: the group has more members than the topic has partitions'
      : `partitions ${partitions.toSorted((a, b) => a - b).join(', ')}`;
  return { name: 'group', ok: true, reason };
}

function kafkaCheck({ kafkaTrouble }: Watch): Check {
  return { name: 'kafka', ok: kafkaTrouble === undefined, reason: kafkaTrouble ?? 'answers' };
}

function engineCheck({ engineTrouble, modelDigest }: Watch): Check {
  const ok = engineTrouble === undefined;
  return { name: 'engine', ok, reason: engineTrouble ?? `holds model ${(modelDigest ?? '').slice(0, 12)}` };
}

function progressCheck({ partitions }: Watch): Check {
  const stuck = partitions.filter(({ stillMs }) => stillMs > STILL_MS_MAX);
  const words = stuck.map(
    ({ partition, lag, stillMs }) =>
      `partition ${partition}: ${lag} wait, none handled for ${Math.round(stillMs / 1000)} s`,
  );
  const lag = partitions.reduce((sum, partition) => sum + partition.lag, 0);
  return { name: 'progress', ok: stuck.length === 0, reason: stuck.length === 0 ? `lag ${lag}` : words.join('; ') };
}
