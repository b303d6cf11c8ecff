// Which Kafka transactions of a group are neither committed nor aborted, asked with Kafka's own tool.
import { runToEnd } from '../../../src/local/run-to-end.ts';
import type { KafkaProcess } from './kafka-process.ts';

const ASK_MS_MAX = 60_000;
const OPEN_STATES = /\b(Ongoing|PrepareCommit|PrepareAbort|PrepareEpochFence)\b/;

/** Their transactional ids. @throws Error where the tool fails */
export async function openTransactions(kafka: KafkaProcess, group: string): Promise<readonly string[]> {
  const { cache, brokers } = kafka;
  const { code, output } = await runToEnd(
    cache.java.command,
    [
      ...['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', `-Dlog4j2.configurationFile=${cache.consoleLog4j}`],
      ...['-cp', cache.classPath, 'org.apache.kafka.tools.TransactionsCommand', '--bootstrap-server', brokers, 'list'],
    ],
    { timeoutMs: ASK_MS_MAX },
  );
  if (code !== 0) throw new Error(`kafka-transactions list: ${output.slice(-500)}`);
  const mine = output.split('\n').filter((line) => line.startsWith(`${group}.`));
  return mine.filter((line) => OPEN_STATES.test(line)).map((line) => line.split(/\s/)[0]!);
}
