// The command with which a person looks at a topic: Kafka's own console consumer, out of the cached jars.
import type { KafkaCache } from './cache.ts';

/** One line for a shell. Without read_committed it would show scores of aborted Kafka transactions too. */
export function consoleConsumerLine(cache: KafkaCache, brokers: string, topic: string): string {
  const java = [cache.java.command, '-Xmx128m', `-Dlog4j2.configurationFile=${cache.consoleLog4j}`];
  const words = [
    ...[...java, '-cp', cache.classPath, 'org.apache.kafka.tools.consumer.ConsoleConsumer'],
    ...consoleConsumerOptions(brokers, topic),
  ];
  return words.map(shellWord).join(' ');
}

export function consoleConsumerOptions(brokers: string, topic: string): string[] {
  return ['--bootstrap-server', brokers, '--topic', topic, '--from-beginning', '--isolation-level', 'read_committed'];
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
