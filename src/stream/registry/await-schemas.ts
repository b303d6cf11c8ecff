// Before decode: the schemas that records name by number, however long the registry takes.
import { schemaIdOf, type WriterSchemas } from '../../contracts/registry-format.ts';
import { backoff, tellOfWaiting, throwIfAbandoned, type Waiting } from '../backoff.ts';
import type { SourceRecord } from '../source-record.ts';
import type { StreamLog } from '../stream-log.ts';
import type { StreamMetrics } from '../stream-metrics.ts';
import { RegistryUnavailable, type SchemaRegistry } from './schema-registry.ts';

export interface RegistryDependencies {
  readonly registry?: SchemaRegistry | undefined;
  readonly log: StreamLog;
  readonly metrics: StreamMetrics;
  readonly waiting?: Waiting;
}

/**
 * Undefined where there is no registry or no record names a schema by number, which costs a look at one byte of each.
 * @throws Abandoned when `signal` fires; FraudstreamError where waiting would not help
 */
export async function awaitSchemas(
  records: readonly SourceRecord[],
  { registry, log, metrics, waiting = backoff }: RegistryDependencies,
  signal: AbortSignal,
): Promise<WriterSchemas | undefined> {
  const ids = registry === undefined ? undefined : schemaIdsOf(records);
  if (registry === undefined || ids === undefined) return undefined;
  for (let attempt = 1; ; attempt++) {
    throwIfAbandoned(signal);
    try {
      return await registry.schemas(ids);
    } catch (error) {
      if (!(error instanceof RegistryUnavailable)) throw error;
      metrics.retried('registry');
      const wait = { partition: records[0]!.partition, attempt, reason: error.message };
      tellOfWaiting(log, wait, 'the schema registry is not ready; the batch waits');
      await waiting.pause(attempt, signal);
    }
  }
}

/** Undefined where no record names one. */
function schemaIdsOf(records: readonly SourceRecord[]): ReadonlySet<number> | undefined {
  let ids: Set<number> | undefined;
  for (const { value } of records) {
    const id = schemaIdOf(value);
    if (id !== undefined) (ids ??= new Set()).add(id);
  }
  return ids;
}
