// Deletes the oldest records of a partition with Kafka's own tool; kafkajs' call for it does not work.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runToEnd } from '../../../src/local/run-to-end.ts';
import type { Rig } from './rig.ts';

const ASK_MS_MAX = 60_000;

/** Everything below `offset`. */
export async function deleteRecords(rig: Rig, topic: string, partition: number, offset: number): Promise<void> {
  const file = join(rig.folder, 'delete-records.json');
  await writeFile(file, JSON.stringify({ version: 1, partitions: [{ topic, partition, offset }] }));
  const { cache, brokers } = rig.kafka;
  const tool = ['org.apache.kafka.tools.DeleteRecordsCommand', '--bootstrap-server', brokers];
  const { code, output } = await runToEnd(
    cache.java.command,
    [`-Dlog4j2.configurationFile=${cache.consoleLog4j}`, '-cp', cache.classPath, ...tool, '--offset-json-file', file],
    { timeoutMs: ASK_MS_MAX },
  );
  if (code !== 0) throw new Error(`kafka-delete-records: ${output.slice(-500)}`);
}
